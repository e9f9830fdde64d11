/// Words that say little about what a text is about.
public enum StopWords {
  /// Function words of English, in lower case, as ``Words`` splits them.
  public static let english = Words.split(
    """
    a about after all also am an and any are aren't as at be because been before being both but by
    can can't could did didn't do does doesn't doing don't down each few for from further give had
    has have having he her here hers him his how i i'd i'll i'm i've if in into is isn't it it's its
    just let's like may me might more most must my no nor not now of off on once one only or other
    our out over own please same she should so some such tell than that that's the their them then
    there these they this those through to too under until up us very was wasn't we were what what's
    when where which while who whom why will with won't would you you're your
    """)
}
