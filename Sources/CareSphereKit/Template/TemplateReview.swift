import TextFormats

/// A name that a template uses.
public struct TemplateUse: Equatable, Sendable {
  /// As the tag has it, without white space at its ends; of a partial the template's name.
  public var name: String
  /// Whether a value is shown, a section hangs on it, or a template is included.
  public var kind: MustacheTag.Kind
  /// `subject`, `content`, or the partial it stands in.
  public var field: String
  /// Where the tag begins in the text of `field`, be that a partial's.
  public var position: TextPosition
}

/// What a look through a template and all its partials finds: the names it uses, and what is wrong.
public struct TemplateReview {
  /// Every use of a name, in the order of the text; those in a partial where it is included first.
  public private(set) var uses: [TemplateUse] = []
  /// Unknown names, missing partials and mistakes in Mustache, each with its line and column.
  public private(set) var problems: [CareError.LineProblem] = []

  private let names: TemplateNames
  private let known: [String]
  private let finder: TemplateFinder
  private var seen: Set<Visit> = []

  /// - Parameters:
  ///   - texts: what is Mustache of a template or message.
  ///   - template: the name of the template itself, by which partials could include it again.
  ///   - finder: finds the partials.
  public init(
    _ texts: [TemplateText], template: String? = nil, names: TemplateNames, finder: TemplateFinder
  ) throws {
    self.names = names
    self.finder = finder
    known = names.all
    for text in texts {
      let chain = text.field == "content" ? template.map { [CaseFolding.fold($0)] } ?? [] : []
      try look(text.text, field: text.field, scope: Scope(), chain: chain)
    }
  }

  /// - Throws: `CareError(.validation)` that lists the problems, if there are any.
  public func check(_ subject: String) throws(CareError) {
    if problems.isEmpty { return }
    throw CareError(
      .validation,
      problems.count == 1 ? "\(subject) has a problem" : "\(subject) has \(problems.count) problems",
      hint: "the names are explained by: caresphere help template check; included parts are templates: "
        + "caresphere template list", details: .lines(problems))
  }

  /// What the sections around a tag add to the names.
  private struct Scope: Hashable {
    var names: Set<String> = []
    /// Whether a section is about something of which nothing is known beforehand.
    var isOpen = false
  }

  private struct Visit: Hashable {
    var partial: String
    var scope: Scope
  }

  /// - Parameter chain: the partials, by folded name, that lead here without a section between.
  private mutating func look(_ text: String, field: String, scope: Scope, chain: [String]) throws {
    let (template, mistakes) = MustacheTemplate.parse(text)
    problems += mistakes.map { $0.lineProblem(field: field) }
    var scopes: [Scope] = []
    for tag in template.tags {
      let outer = tag.parent.map { scopes[$0] } ?? scope
      scopes.append(tag.kind == .section ? entering(tag.name, outer) : outer)
      uses.append(TemplateUse(name: tag.name, kind: tag.kind, field: field, position: tag.position))
      if tag.kind == .partial {
        try follow(tag, field: field, scope: outer, chain: tag.parent == nil ? chain : [])
      } else if !isKnown(tag.name, outer) {
        let nearest = EditDistance.nearest(to: tag.name, in: known + outer.names.sorted())
        report(tag, field, "“\(tag.name)” is not known", nearest)
      }
    }
  }

  private mutating func follow(
    _ tag: MustacheTag, field: String, scope: Scope, chain: [String]
  ) throws {
    guard let partial = try finder.find(name: tag.name) else {
      return report(
        tag, field, "there is no template “\(tag.name)”",
        EditDistance.nearest(to: tag.name, in: try finder.names()))
    }
    let key = partial.values.nameKey
    guard !chain.contains(key) else {
      return report(tag, field, "“\(partial.name)” includes itself without end", nil)
    }
    guard seen.insert(Visit(partial: key, scope: scope)).inserted else { return }
    try look(
      partial.values.content, field: "partial “\(partial.name)”", scope: scope, chain: chain + [key])
  }

  private mutating func report(_ tag: MustacheTag, _ field: String, _ message: String, _ nearest: String?) {
    let problem = MustacheProblem(
      tag.position, message + (nearest.map { "; did you mean “\($0)”?" } ?? "")
    ).lineProblem(field: field)
    if !problems.contains(problem) { problems.append(problem) }
  }

  private func entering(_ name: String, _ outer: Scope) -> Scope {
    var scope = outer
    switch names.below(name) {
    case .anything: scope.isOpen = true
    case .these(let names): scope.names.formUnion(names)
    case .nothing, nil: break
    }
    return scope
  }

  private func isKnown(_ name: String, _ scope: Scope) -> Bool {
    name == "." || scope.isOpen || scope.names.contains(name) || names.below(name) != nil
  }
}
