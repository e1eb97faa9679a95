-- The schema of format 5, as it was released. Frozen: migrations are tested on it.
PRAGMA user_version=5;
CREATE TABLE meta (
  "key" VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  PRIMARY KEY ("key")
);
CREATE TABLE learner (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  made INTEGER NOT NULL,
  archived INTEGER,
  PRIMARY KEY (id),
  UNIQUE (name)
);
CREATE TABLE fact (
  learner VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  day VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  revision VARCHAR NOT NULL,
  payload VARCHAR NOT NULL,
  crc INTEGER NOT NULL,
  PRIMARY KEY (learner, id)
)
 WITHOUT ROWID;
CREATE INDEX fact_kind ON fact (learner, kind, at);
CREATE INDEX fact_session ON fact (learner, subject) WHERE kind = 'session';
CREATE UNIQUE INDEX fact_seq ON fact (learner, device, seq);
CREATE TABLE answer (
  learner VARCHAR NOT NULL,
  fact VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  question VARCHAR NOT NULL,
  objective VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  day VARCHAR NOT NULL,
  score FLOAT NOT NULL,
  certainty VARCHAR NOT NULL,
  milliseconds INTEGER NOT NULL,
  rating INTEGER NOT NULL,
  mode VARCHAR NOT NULL,
  session VARCHAR NOT NULL,
  PRIMARY KEY (learner, fact)
)
 WITHOUT ROWID;
CREATE INDEX answer_session ON answer (learner, session);
CREATE INDEX answer_question ON answer (learner, question, at);
CREATE INDEX answer_objective ON answer (learner, objective, at);
CREATE TABLE card (
  learner VARCHAR NOT NULL,
  objective VARCHAR NOT NULL,
  stability FLOAT NOT NULL,
  difficulty FLOAT NOT NULL,
  due INTEGER NOT NULL,
  last INTEGER NOT NULL,
  repetitions INTEGER NOT NULL,
  lapses INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  sure_wrong INTEGER NOT NULL,
  last_missed VARCHAR,
  right_days INTEGER NOT NULL,
  first_right VARCHAR,
  last_right VARCHAR,
  right_questions INTEGER NOT NULL,
  first_asked VARCHAR,
  confident_error VARCHAR,
  PRIMARY KEY (learner, objective)
)
 WITHOUT ROWID;
CREATE TABLE mark (
  learner VARCHAR NOT NULL,
  fact VARCHAR NOT NULL,
  objective VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  day VARCHAR NOT NULL,
  until VARCHAR,
  PRIMARY KEY (learner, fact, objective)
)
 WITHOUT ROWID;
CREATE INDEX mark_objective ON mark (learner, objective);
CREATE TABLE day (
  learner VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  answers INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  sections INTEGER NOT NULL,
  sure INTEGER NOT NULL,
  sure_right INTEGER NOT NULL,
  guessed INTEGER NOT NULL,
  guessed_right INTEGER NOT NULL,
  PRIMARY KEY (learner, day)
)
 WITHOUT ROWID;
CREATE TABLE stage (
  learner VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  attempts INTEGER NOT NULL,
  passed VARCHAR,
  hints INTEGER NOT NULL,
  seen VARCHAR,
  milliseconds INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, stage)
)
 WITHOUT ROWID;
CREATE TABLE project (
  learner VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  folder VARCHAR NOT NULL,
  stack VARCHAR NOT NULL,
  allowed VARCHAR,
  aside BOOLEAN NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, name)
)
 WITHOUT ROWID;
CREATE TABLE tick (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  item VARCHAR NOT NULL,
  run VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, project, item, run)
)
 WITHOUT ROWID;
CREATE TABLE run (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  checklist VARCHAR NOT NULL,
  fact VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, project, checklist, fact)
)
 WITHOUT ROWID;
CREATE TABLE audit (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  fact VARCHAR NOT NULL,
  seconds FLOAT NOT NULL,
  passed INTEGER NOT NULL,
  known INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  new INTEGER NOT NULL,
  mended INTEGER NOT NULL,
  notes VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, project, fact)
)
 WITHOUT ROWID;
CREATE TABLE verdict (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  "check" VARCHAR NOT NULL,
  fact VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  absent BOOLEAN NOT NULL,
  day VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, project, "check")
)
 WITHOUT ROWID;
CREATE TABLE finding (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  "key" VARCHAR NOT NULL,
  "check" VARCHAR NOT NULL,
  payload VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  last VARCHAR NOT NULL,
  mended VARCHAR,
  PRIMARY KEY (learner, project, "key")
)
 WITHOUT ROWID;
CREATE TABLE suppression (
  learner VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  "key" VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  PRIMARY KEY (learner, project, "key")
)
 WITHOUT ROWID;
CREATE TABLE reading (
  learner VARCHAR NOT NULL,
  topic VARCHAR NOT NULL,
  section INTEGER NOT NULL,
  sections INTEGER NOT NULL,
  heading VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  read VARCHAR NOT NULL,
  PRIMARY KEY (learner, topic)
)
 WITHOUT ROWID;
CREATE TABLE note (
  learner VARCHAR NOT NULL,
  topic VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, topic)
)
 WITHOUT ROWID;
CREATE TABLE bookmark (
  learner VARCHAR NOT NULL,
  topic VARCHAR NOT NULL,
  heading VARCHAR NOT NULL,
  "on" BOOLEAN NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (learner, topic, heading)
)
 WITHOUT ROWID;
