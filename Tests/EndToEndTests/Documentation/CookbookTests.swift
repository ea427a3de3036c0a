import Foundation
import TestSupport
import Testing

/// Every recipe of docs/cookbook.md does what it says.
@Suite struct CookbookTests {
  private static let recipes = Recipe.all(in: (try? Repository.text("docs/cookbook.md")) ?? "")

  @Test func thereAreTwentyOfThem() {
    #expect(Self.recipes.count >= 20)
    for recipe in Self.recipes {
      #expect(recipe.blocks.contains { $0.kind == "console" }, "\(recipe.title) runs nothing")
    }
  }

  @Test(arguments: recipes)
  func aRecipe(_ recipe: Recipe) throws {
    let kitchen = try Kitchen()
    var server: ScratchPostgres?
    for need in recipe.needs {
      if need == "psql" {
        server = try ScratchPostgres(in: kitchen.sandbox)
        kitchen.sandbox.environment.merge(server?.environment ?? [:]) { $1 }
      } else {
        try Requirement.tool(in: kitchen.sandbox.environment["PATH"] ?? "", need)
      }
    }
    try kitchen.cook(recipe, of: "docs/cookbook.md")
    server?.stop()
  }
}
