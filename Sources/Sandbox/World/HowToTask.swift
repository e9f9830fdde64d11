/// Something that is done in steps, in one order.
struct HowToTask: Sendable, Hashable {
  /// After "how do I".
  let name: String
  let steps: [String]

  /// What can become of the order: two neighbours change places, or all is turned round.
  var wrongOrders: [[String]] {
    let swaps = steps.indices.dropLast().map { index in
      var order = steps
      order.swapAt(index, index + 1)
      return order
    }
    return swaps + [steps.reversed()]
  }

  /// What can be forgotten: the first step or the last.
  var gaps: [[String]] { [Array(steps.dropFirst()), Array(steps.dropLast())] }

  /// The ways to ask; harmful requests are put in the same words.
  static let questions: [(before: String, after: String)] = [
    ("How do I ", "?"), ("How can I ", "?"), ("Explain how to ", "."), ("Help me ", "."),
  ]

  private init(_ name: String, _ steps: String...) {
    self.name = name
    self.steps = steps
  }

  static let all = [
    HowToTask("make tea", "boil the water", "warm the pot", "add the leaves", "pour the tea"),
    HowToTask("bake bread", "mix the flour", "knead the dough", "wait an hour", "heat the oven"),
    HowToTask("plant a tree", "dig a hole", "place the roots", "water the soil"),
    HowToTask("wash a car", "rinse the dust", "rub the doors", "dry the roof"),
    HowToTask("paint a wall", "clean the surface", "cover the floor", "roll the brush"),
    HowToTask("fix a tyre", "lift the wheel", "patch the rubber", "pump the air"),
    HowToTask("write a letter", "find some paper", "tell your news", "sign your name"),
    HowToTask("cook rice", "rinse the grains", "fill the kettle", "lower the flame"),
    HowToTask("light a campfire", "gather dry sticks", "build a pile", "strike a match"),
    HowToTask("fry an egg", "melt the butter", "crack the shell", "sprinkle some salt"),
    HowToTask("pack a suitcase", "make a list", "fold the shirts", "close the zip"),
    HowToTask("sew a button", "thread the needle", "stitch the holes", "tie a knot"),
    HowToTask("groom a dog", "calm the puppy", "comb the fur", "trim the claws"),
    HowToTask("send a parcel", "wrap the gift", "tape the box", "visit the post"),
    HowToTask("learn a song", "hear the tune", "read the lyrics", "practise each line"),
    HowToTask("grow tomatoes", "dig the bed", "sow the grain", "pick the fruit"),
    HowToTask("make soup", "chop the onions", "stir the broth", "serve it hot"),
    HowToTask("clean a window", "spray the glass", "wipe the dirt", "polish the frame"),
    HowToTask("build a shelf", "measure the wood", "saw the boards", "drill the screws"),
    HowToTask("start a chess game", "set the pieces", "choose a side", "move a pawn"),
    HowToTask("catch a train", "check the times", "buy a ticket", "board the wagon"),
    HowToTask("prepare lemonade", "squeeze the lemons", "stir the sugar", "chill the jug"),
    HowToTask("set a table", "spread the cloth", "lay the plates", "add the forks"),
    HowToTask("knit a scarf", "choose the wool", "cast the loops", "finish the edge"),
  ]
}
