-- Mails on their way. The address lies sealed until the mail has ended; the words are made when it is sent.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  -- Kept through every try, so that a reader's program can tell a repetition.
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  -- Mails of one thread leave in the order in which they were written.
  thread TEXT NOT NULL,
  user_id TEXT,
  order_id TEXT,
  locale TEXT NOT NULL,
  -- Parcels and numbers; nothing personal.
  facts TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'given-up', 'dropped')),
  written_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  tried_at INTEGER,
  ended_at INTEGER,
  -- A code of ours; what a mail server answers may name somebody.
  failure TEXT,
  wrapped_key BLOB,
  sealed BLOB,
  CHECK (state = 'waiting' OR (wrapped_key IS NULL AND sealed IS NULL))
) STRICT;
CREATE INDEX mail_waiting ON mail (thread, id) WHERE state = 'waiting';
CREATE INDEX mail_order ON mail (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX mail_tried ON mail (tried_at) WHERE tried_at IS NOT NULL;

-- Links that set a new password, one per account of the address. Only the token's hash is kept.
CREATE TABLE password_link (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES customer (user_id) ON DELETE CASCADE,
  email_index TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_link_email ON password_link (email_index);
CREATE INDEX password_link_user ON password_link (user_id);
