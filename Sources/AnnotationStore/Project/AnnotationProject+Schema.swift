internal import GRDB

extension AnnotationProject {
  /// How the file is laid out, version by version. A version that was released never changes.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      for part in [projectTables, peopleTables, taskTables, judgmentTables, auditTables] {
        try database.execute(sql: part)
      }
    }
    return migrator
  }

  private static let projectTables = """
    CREATE TABLE project (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      settings TEXT NOT NULL,
      createdAt INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE guideline (
      version INTEGER PRIMARY KEY,
      text TEXT NOT NULL,
      createdAt INTEGER NOT NULL
    ) STRICT;
    """

  private static let peopleTables = """
    CREATE TABLE person (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      role TEXT NOT NULL CHECK (role IN ('administrator', 'reviewer', 'annotator')),
      passwordHash TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      pausedAt INTEGER,
      pauseReason TEXT
    ) STRICT;
    CREATE TABLE invitation (
      digest TEXT PRIMARY KEY,
      role TEXT NOT NULL CHECK (role IN ('administrator', 'reviewer', 'annotator')),
      note TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      expiresAt INTEGER NOT NULL,
      usedAt INTEGER,
      usedBy INTEGER REFERENCES person (id)
    ) STRICT;
    CREATE TABLE session (
      digest TEXT PRIMARY KEY,
      personID INTEGER NOT NULL REFERENCES person (id),
      createdAt INTEGER NOT NULL,
      expiresAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessionOfPerson ON session (personID);
    """

  private static let taskTables = """
    CREATE TABLE task (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      prompt TEXT NOT NULL,
      stratum TEXT NOT NULL,
      place INTEGER NOT NULL,
      overlap INTEGER,
      isGold INTEGER NOT NULL DEFAULT 0,
      goldVerdict TEXT,
      status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'withdrawn')),
      answers INTEGER NOT NULL DEFAULT 0,
      disagrees INTEGER NOT NULL DEFAULT 0,
      createdAt INTEGER NOT NULL,
      CHECK (isGold = (goldVerdict IS NOT NULL))
    ) STRICT;
    CREATE INDEX taskInTurn ON task (status, isGold, place, id);
    CREATE TABLE response (
      taskID INTEGER NOT NULL REFERENCES task (id),
      place INTEGER NOT NULL,
      text TEXT NOT NULL,
      model TEXT,
      PRIMARY KEY (taskID, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE lease (
      personID INTEGER PRIMARY KEY REFERENCES person (id),
      token TEXT NOT NULL UNIQUE,
      taskID INTEGER NOT NULL REFERENCES task (id),
      round INTEGER NOT NULL,
      issuedAt INTEGER NOT NULL,
      expiresAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX leaseOfTask ON lease (taskID, expiresAt);
    CREATE TABLE draft (
      personID INTEGER NOT NULL REFERENCES person (id),
      taskID INTEGER NOT NULL REFERENCES task (id),
      content TEXT NOT NULL,
      updatedAt INTEGER NOT NULL,
      PRIMARY KEY (personID, taskID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE skip (
      id INTEGER PRIMARY KEY,
      personID INTEGER NOT NULL REFERENCES person (id),
      taskID INTEGER NOT NULL REFERENCES task (id),
      reason TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      UNIQUE (taskID, personID)
    ) STRICT;
    CREATE TABLE flag (
      id INTEGER PRIMARY KEY,
      personID INTEGER NOT NULL REFERENCES person (id),
      taskID INTEGER NOT NULL REFERENCES task (id),
      reason TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      resolvedAt INTEGER
    ) STRICT;
    CREATE INDEX flagOfTask ON flag (taskID);
    """

  private static let judgmentTables = """
    CREATE TABLE judgment (
      id INTEGER PRIMARY KEY,
      token TEXT NOT NULL UNIQUE,
      taskID INTEGER NOT NULL REFERENCES task (id),
      personID INTEGER NOT NULL REFERENCES person (id),
      round INTEGER NOT NULL,
      answer TEXT NOT NULL,
      shownOrder TEXT NOT NULL,
      orderSeed INTEGER NOT NULL,
      guidelineVersion INTEGER NOT NULL REFERENCES guideline (version),
      confidence REAL NOT NULL,
      failed TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      withdrawnAt INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX oneJudgmentEach ON judgment (taskID, personID, round) WHERE withdrawnAt IS NULL;
    CREATE INDEX judgmentOfPerson ON judgment (personID, createdAt);
    CREATE TABLE ruling (
      id INTEGER PRIMARY KEY,
      taskID INTEGER NOT NULL REFERENCES task (id),
      personID INTEGER REFERENCES person (id),
      verdict TEXT NOT NULL,
      reason TEXT NOT NULL,
      createdAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rulingOfTask ON ruling (taskID, id);
    """

  private static let auditTables = """
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER auditIsNotChanged BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
    CREATE TRIGGER auditIsNotShortened BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is not shortened'); END;
    """
}
