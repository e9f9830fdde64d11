internal import GRDB

extension FeedbackStore {
  /// How the file is laid out, version by version. A version that was released never changes.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("feedback 1") { database in
      for part in [storeTables, feedbackTables] { try database.execute(sql: part) }
    }
    return migrator
  }

  private static let storeTables = """
    CREATE TABLE feedbackStore (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      createdAt INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE response (
      id TEXT PRIMARY KEY,
      createdAt INTEGER NOT NULL,
      model TEXT NOT NULL,
      policy TEXT NOT NULL,
      arm TEXT,
      exposure TEXT,
      user TEXT,
      prompt TEXT NOT NULL,
      completion TEXT NOT NULL,
      finishReason TEXT NOT NULL,
      promptTokens INTEGER NOT NULL,
      completionTokens INTEGER NOT NULL,
      regenerates TEXT,
      safety TEXT
    ) STRICT;
    CREATE INDEX responseInTime ON response (createdAt);
    CREATE INDEX responseOfUser ON response (user);
    """

  private static let feedbackTables = """
    CREATE TABLE feedback (
      id INTEGER PRIMARY KEY,
      responseID TEXT NOT NULL REFERENCES response (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      identifier TEXT NOT NULL,
      rating REAL CHECK (rating BETWEEN -1 AND 1),
      label TEXT,
      score REAL,
      preferredID TEXT REFERENCES response (id) ON DELETE CASCADE,
      comment TEXT,
      correction TEXT,
      tags TEXT NOT NULL,
      consent INTEGER NOT NULL,
      createdAt INTEGER NOT NULL,
      UNIQUE (responseID, name, identifier)
    ) STRICT;
    CREATE INDEX feedbackPreferring ON feedback (preferredID);
    CREATE INDEX feedbackInTime ON feedback (createdAt);
    CREATE TABLE earlierFeedback (
      id INTEGER PRIMARY KEY,
      responseID TEXT NOT NULL REFERENCES response (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      identifier TEXT NOT NULL,
      rating REAL,
      label TEXT,
      score REAL,
      preferredID TEXT REFERENCES response (id) ON DELETE CASCADE,
      comment TEXT,
      correction TEXT,
      tags TEXT NOT NULL,
      consent INTEGER NOT NULL,
      createdAt INTEGER NOT NULL,
      endedAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX earlierFeedbackOf ON earlierFeedback (responseID, name, identifier);
    CREATE INDEX earlierFeedbackPreferring ON earlierFeedback (preferredID);
    """
}
