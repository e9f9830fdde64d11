/// What can be wrong with a project, or with what somebody asks of it.
public enum AnnotationError: Error, Hashable, CustomStringConvertible {
  /// A setting cannot be as it is.
  case setting(name: String, problem: String)
  /// The file of a new project is there already.
  case exists(path: String)
  /// The file is not there.
  case missing(path: String)
  /// The file is no project.
  case foreign(path: String)
  /// A newer version has written the project.
  case newer(path: String)
  /// A task that is imported cannot be asked.
  case task(name: String, problem: String)
  /// Nobody has that name.
  case noPerson(name: String)
  /// Somebody else has that name.
  case nameTaken(name: String)
  /// A name that nobody can have.
  case name
  /// An invitation that was used, has expired, or never was.
  case invitation
  /// There is no such task.
  case noTask(String)
  /// The task is not this person's to answer: never handed out to him, or given back.
  case notAssigned
  /// Others have answered the task since its lease ran out.
  case taken
  /// The same assignment was answered before, and differently.
  case answeredOtherwise
  /// An answer that does not fit the question.
  case answer(String)
  /// There is nothing to undo.
  case nothingToUndo
  /// The person is paused.
  case paused(reason: String)

  /// What is wrong and what to do, in a sentence.
  public var description: String {
    switch self {
    case .setting(let name, let problem): "the setting '\(name)' \(problem)"
    case .exists(let path): "\(path): exists already; give another file for a new project"
    case .missing(let path): "\(path): there is no such project; 'attune annotate new' makes one"
    case .foreign(let path): "\(path): is no annotation project"
    case .newer(let path):
      "\(path): was written by a newer version of Attune; use that version, or a newer one"
    case .task(let name, let problem): "the task '\(name)' \(problem)"
    case .noPerson(let name): "nobody here is called '\(name)'"
    case .nameTaken(let name): "somebody here is called '\(name)' already; choose another name"
    case .name:
      "a name has 1 to 60 characters, none of them a control character, and no space at its ends"
    case .invitation:
      "this invitation was used, has expired or never was; ask for another one"
    case .noTask(let name): "there is no task '\(name)'"
    case .notAssigned: "this task is not yours to answer now; go on with the next one"
    case .taken:
      "the time for this task ran out, and others have answered it meanwhile; go on with the next one"
    case .answeredOtherwise:
      "this task was answered already, with another answer; undo that one first"
    case .answer(let problem): problem
    case .nothingToUndo: "there is no answer that could be taken back"
    case .paused(let reason): "your work here is paused: \(reason)"
    }
  }
}
