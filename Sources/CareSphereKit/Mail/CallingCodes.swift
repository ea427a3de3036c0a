/// Countries' calling codes and how numbers are dialled within them (ITU-T E.164, Operational Bulletin).
enum CallingCodes {
  struct Country {
    /// ISO 3166-1.
    var iso: String
    var code: String
    /// What is dialled before a number within the country, and left out from abroad; "" where nothing is.
    var trunk: String
    /// How many digits numbers have without code and trunk prefix.
    var lengths: ClosedRange<Int>
    /// What is dialled before a country's code.
    var internationalPrefixes: [String]
  }

  /// A country by its two capital letters.
  static func country(_ iso: String) -> Country? { countries[iso] }

  /// All codes.
  static let all = Set(countries.values.map(\.code))
    .union(["800", "808", "870", "878", "881", "882", "883", "888", "979"])

  private static let countries: [String: Country] = {
    var countries: [String: Country] = [:]
    for entry in table.split(whereSeparator: \.isWhitespace) {
      let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let iso = String(parts[0].prefix(2))
      let code = String(parts[0].dropFirst(2))
      let isNorthAmerican = code.hasPrefix("1")
      let lengths = parts.count > 2 ? parts[2].split(separator: "-").compactMap { Int($0) } : []
      var prefixes = parts.count > 3 ? parts[3].split(separator: ",").map(String.init) : ["00"]
      if isNorthAmerican { prefixes = ["011"] }
      countries[iso] = Country(
        iso: iso, code: isNorthAmerican ? "1" : code,
        trunk: isNorthAmerican ? "1" : parts.count > 1 ? parts[1] : "",
        lengths: isNorthAmerican ? 10...10 : (lengths.first ?? 5)...(lengths.last ?? 12),
        internationalPrefixes: prefixes)
    }
    return countries
  }()

  /// Two letters and the code; then, after colons, the trunk prefix, the lengths, the international prefix where it is
  /// not 00. What begins with 1 is North America, where all of that is the same.
  private static let table = """
    AC247::4-6 AD376::6-9 AE971:0:7-9 AF93:0:9 AG1 AI1 AL355:0:8-9 AM374:0:8 AO244::9 AR54:0:10-11 AS1 AT43:0:4-13
    AU61:0:9:0011 AW297::7 AX358:0:5-12:00,990,994,999 AZ994:0:9 BA387:0:8-9 BB1 BD880:0:8-10 BE32:0:8-9 BF226::8
    BG359:0:7-9 BH973::8 BI257::8 BJ229::8-10 BL590:0:9 BM1 BN673::7 BO591:0:8 BQ599::7-8 BR55:0:10-11:0014,0015,0021,0031,0041,00
    BS1 BT975::7-8 BW267::7-8 BY375:80:9:810,00 BZ501::7 CA1 CC61:0:9:0011 CD243:0:7-9 CF236::8 CG242::9
    CH41:0:9 CI225::10 CK682::5 CL56::9 CM237::8-9 CN86:0:7-11 CO57:0:10:009,007,005,00 CR506::8 CU53:0:6-8:119
    CV238::7 CW599::7-8 CX61:0:9:0011 CY357::8 CZ420::9 DE49:0:3-13 DJ253::8 DK45::8 DM1 DO1 DZ213:0:8-9
    EC593:0:8-9 EE372::7-8 EG20:0:8-10 EH212:0:9 ER291:0:7 ES34::9 ET251:0:9 FI358:0:5-12:00,990,994,999
    FJ679::7 FK500::5 FM691::7 FO298::6 FR33:0:9 GA241:0:7-8 GB44:0:7-10 GD1 GE995:0:9 GF594:0:9 GG44:0:7-10
    GH233:0:9 GI350::8 GL299::6 GM220::7 GN224::8-9 GP590:0:9 GQ240::9 GR30::10 GT502::8 GU1 GW245::7-9
    GY592::7:001 HK852::8:001 HN504::8 HR385:0:8-9 HT509::8 HU36:06:8-9 ID62:0:7-12:001,007,008,009
    IE353:0:7-9 IL972:0:8-9:00,012,013,014 IM44:0:7-10 IN91:0:10 IO246::7 IQ964:0:8-10 IR98:0:10 IS354::7-9
    IT39::6-11 JE44:0:7-10 JM1 JO962:0:8-9 JP81:0:9-10:010 KE254:0:9-10:000,00 KG996:0:9 KH855:0:8-9:001,007,008,00
    KI686::5-8 KM269::7 KN1 KP850:0:6-10 KR82:0:8-10:00700,001,002 KW965::7-8 KY1 KZ7:8:10:810,00 LA856:0:8-10
    LB961:0:7-8 LC1 LI423::7-9 LK94:0:9 LR231:0:7-9 LS266::8 LT370:0:8 LU352::4-11 LV371::8 LY218:0:8-9
    MA212:0:9 MC377:0:8-9 MD373:0:8 ME382:0:8 MF590:0:9 MG261:0:9 MH692:1:7:011 MK389:0:8 ML223::8
    MM95:0:6-10 MN976:0:8:001,00 MO853::8 MP1 MQ596:0:9 MR222::8 MS1 MT356::8 MU230::7-8:020 MV960::7 MW265:0:7-9
    MX52::10 MY60:0:8-10 MZ258::8-9 NA264:0:8-9 NC687::6 NE227::8 NF672::5-6 NG234:0:7-10:009 NI505::8 NL31:0:9
    NO47::5-8 NP977:0:8-10 NR674::7 NU683::4-7 NZ64:0:8-10 OM968::8 PA507::7-8 PE51:0:8-9 PF689::6-8 PG675::7-8
    PH63:0:8-10 PK92:0:9-10 PL48::9 PM508:0:6 PR1 PS970:0:8-9 PT351::9 PW680::7:011 PY595:0:7-9 QA974::7-8 RE262:0:9
    RO40:0:9 RS381:0:8-9 RU7:8:10:810,00 RW250:0:9 SA966:0:8-9 SB677::5-7 SC248::7 SD249:0:9 SE46:0:7-9 SG65::8:001,002,008,000
    SH290::4-5 SI386:0:8 SJ47::5-8 SK421:0:9 SL232:0:8 SM378::6-10 SN221::9 SO252:0:7-9 SR597::6-7 SS211:0:9
    ST239::7 SV503::7-8 SX1 SY963:0:8-9 SZ268::8 TC1 TD235::8 TG228::8 TH66:0:8-9:001,004,005,007,008,009 TJ992::9:810
    TK690::4-7 TL670::7-8 TM993:8:8:810 TN216::8 TO676::5-7 TR90:0:10 TT1 TV688::5-7 TW886:0:8-9:002,009
    TZ255:0:9:000 UA380:0:9 UG256:0:9:000 US1 UM1 UY598:0:8 UZ998::9 VA39::6-11 VC1 VE58:0:10 VG1 VI1
    VN84:0:7-10 VU678::5-7 WF681::6 WS685::5-7 XK383:0:8-9 YE967:0:7-9 YT262:0:9 ZA27:0:9 ZM260:0:9 ZW263:0:7-10
    """
}
