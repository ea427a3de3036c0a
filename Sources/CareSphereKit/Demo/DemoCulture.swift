/// What people are called where they or their parents come from.
struct DemoCulture: Sendable {
  /// A name, and the letters it has in an e-mail address.
  struct Name: Sendable {
    var text: String
    var letters: String

    /// - Parameter entry: the name, followed by `:` and its letters where they are others.
    init(_ entry: Substring) {
      let parts = entry.split(separator: ":", maxSplits: 1)
      text = parts.first.map(String.init) ?? ""
      letters = (parts.last.map(String.init) ?? "").lowercased()
    }
  }

  var women: [Name]
  var men: [Name]
  var families: [Name]

  private init(women: String, men: String, families: String) {
    func names(_ list: String) -> [Name] { list.split(separator: " ").map(Name.init) }
    self.women = names(women)
    self.men = names(men)
    self.families = names(families)
  }

  /// The first are the most frequent.
  static let all: [DemoCulture] = [
    DemoCulture(
      women: "Grace Ruth Esther Mary Hannah Elizabeth Sarah Naomi Lydia Rachel Joy Alice",
      men: "Samuel Daniel Peter Thomas David Joseph Paul Mark Luke Stephen Andrew James",
      families:
        "Johnson Miller Brown Walker Bennett Fletcher Harris O'Connor:oconnor Saint-Pierre Hughes Clarke Marsh"
    ),
    DemoCulture(
      women:
        "Adéyẹmí:adeyemi Ngozi Ṣadé:sade Bísí:bisi Amaka Fọláṣadé:folasade Ifeoma Chiamaka Yetunde Zainab",
      men: "Olúwáṣeun:oluwaseun Chidi Emeka Túndé:tunde Ayọ̀délé:ayodele Obinna Babatunde Ikenna Kwame Kofi",
      families: "Okafor Adébáyọ̀:adebayo Eze Nwosu Balogun Ọláòlúwa:olaoluwa Mensah Asante Adeleke Obi"),
    DemoCulture(
      women: "Ana María:maria Lucía:lucia Carmen Inês:ines Beatriz Zoé:zoe Mariana Sofía:sofia Elena",
      men: "José:jose Miguel João:joao Rafael Nuno Andrés:andres Tiago Felipe Mateus Joaquín:joaquin",
      families:
        "Souza García:garcia Fernández:fernandez Pereira Conceição:conceicao Ramos Araújo:araujo Vega Díaz:diaz"
    ),
    DemoCulture(
      women: "Ida Zoë:zoe Małgorzata:malgorzata Astrid Ingrid Käthe:kaethe Siobhán:siobhan Łucja:lucja",
      men: "Björn:bjorn Łukasz:lukasz François:francois Jürgen:juergen Søren:soren Niels Jiří:jiri Henrik",
      families:
        "Berg Müller:mueller Kowalski Østergaard:ostergaard Lindqvist Weiß:weiss Novák:novak Jørgensen:jorgensen"
    ),
    DemoCulture(
      women: "Олена:olena Ганна:hanna Марія:mariia Ірина:iryna Софія:sofiia Наталя:natalia",
      men: "Тарас:taras Андрій:andrii Сергій:serhii Іван:ivan Петро:petro Олег:oleh",
      families: "Коваленко:kovalenko Шевченко:shevchenko Бондар:bondar Ткач:tkach Мельник:melnyk"),
    DemoCulture(
      women: "Ελένη:eleni Μαρία:maria Σοφία:sofia Κατερίνα:katerina",
      men: "Γιώργος:giorgos Νίκος:nikos Πέτρος:petros",
      families: "Παππάς:pappas Νικολάου:nikolaou Γεωργίου:georgiou"),
    DemoCulture(
      women: "美玲:meiling 秀英:xiuying 花子:hanako さくら:sakura", men: "伟:wei 建国:jianguo 太郎:taro 健一:kenichi",
      families: "王:wang 李:li 陈:chen 山田:yamada 佐藤:sato"),
    DemoCulture(
      women: "서연:seoyeon 지우:jiwoo 은혜:eunhye", men: "민준:minjun 성호:seongho 요한:yohan",
      families: "김:kim 박:park 최:choi"),
    DemoCulture(
      women: "مريم:maryam ليلى:layla سارة:sara", men: "يوسف:yousef مينا:mina بطرس:boutros",
      families: "حنا:hanna الخوري:khoury منصور:mansour"),
    DemoCulture(
      women: "प्रिया:priya अनीता:anita Deepa Nithya", men: "अनिल:anil Arjun Thomas Ravi",
      families: "शर्मा:sharma Patel Varghese Mathew"),
    DemoCulture(
      women: "ሰላም:selam ሂሩት:hirut Wanjiru Tendai", men: "ዮሐንስ:yohannes ዳዊት:dawit Juma Tariro",
      families: "ተስፋዬ:tesfaye በቀለ:bekele Mwangi Moyo"),
    DemoCulture(
      women: "Nguyệt:nguyet Thảo:thao Maricel Rowena", men: "Quốc:quoc Đức:duc Jericho Renato",
      families: "Nguyễn:nguyen Trần:tran Santos Dela-Cruz"),
  ]
}

/// Where people live.
struct DemoPlace: Sendable {
  var city: String
  var state: String?
  var zip: String?
  var country: String

  private init(_ line: Substring) {
    let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    func part(_ index: Int) -> String? {
      parts.indices.contains(index) && !parts[index].isEmpty ? parts[index] : nil
    }
    city = part(0) ?? ""
    state = part(1)
    zip = part(2)
    country = part(3) ?? ""
  }

  /// The first are the nearest to the church.
  static let all = """
    Springfield,IL,62701,United States
    Riverton,IL,62561,United States
    Chatham,IL,62629,United States
    Lagos,LA,100001,Nigeria
    Rochester,IL,62563,United States
    Sherman,IL,62684,United States
    Manchester,,M1 1AE,United Kingdom
    Decatur,IL,62521,United States
    São Paulo,SP,01001-000,Brazil
    Jacksonville,IL,62650,United States
    Lincoln,IL,62656,United States
    Accra,,,Ghana
    Nairobi,,00100,Kenya
    Taylorville,IL,62568,United States
    Київ,,01001,Ukraine
    München,BY,80331,Germany
    Petersburg,IL,62675,United States
    Oslo,,0150,Norway
    서울,,04524,South Korea
    Αθήνα,,105 57,Greece
    القاهرة,,11511,Egypt
    Addis Ababa,,1000,Ethiopia
    東京,,100-0001,Japan
    Manila,,1000,Philippines
    Galway,,H91 T8PY,Ireland
    Łódź,,90-001,Poland
    """.split(separator: "\n").map(DemoPlace.init)

  static let streets = [
    "Unity Road", "Church Street", "Palm Avenue", "Mill Lane", "Lindenweg", "Rue de l'Église", "Harbour View",
    "Avenida Paulista",
  ]
}
