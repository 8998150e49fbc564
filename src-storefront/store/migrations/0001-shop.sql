-- Money in minor units, times in epoch milliseconds, lengths in mm, weights in g.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One running number per feed; a change takes the next one, so that a cursor is a number.
CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO sequence VALUES ('product', 0), ('order', 0), ('erasure', 0), ('order-number', 1000);

CREATE TABLE token (hash TEXT PRIMARY KEY, scopes TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  gtin TEXT,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  category TEXT NOT NULL,
  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
  tax_rate TEXT NOT NULL,
  size_mm TEXT,
  weight_g INTEGER,
  volume_cm3 INTEGER,
  handling TEXT NOT NULL,
  sellable INTEGER NOT NULL CHECK (sellable >= 0),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  seq INTEGER NOT NULL UNIQUE,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX product_category ON product (category, name) WHERE active = 1;
CREATE VIRTUAL TABLE product_text USING fts5 (
  name, category, codes, description, tokenize = 'trigram', content = '', contentless_delete = 1
);

CREATE TABLE customer (
  user_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('account', 'guest')),
  identified_by TEXT NOT NULL,
  identified_at INTEGER NOT NULL,
  locale TEXT NOT NULL,
  email_index TEXT,
  password_hash TEXT,
  previous_user_id TEXT,
  wrapped_key BLOB,
  sealed BLOB,
  erasure_requested_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_account ON customer (email_index) WHERE kind = 'account';
CREATE INDEX customer_email ON customer (email_index, identified_at);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES customer (user_id) ON DELETE CASCADE,
  form_token TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE cart_line (
  user_id TEXT NOT NULL REFERENCES customer (user_id) ON DELETE CASCADE,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (user_id, sku)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_order (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'on-hold', 'cancelled', 'completed')),
  -- What the back office last said about the order as a whole.
  shop_kind TEXT NOT NULL,
  shop_sequence INTEGER NOT NULL,
  shop_at INTEGER NOT NULL,
  placed_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  ended_at INTEGER,
  seq INTEGER NOT NULL UNIQUE,
  service TEXT NOT NULL,
  window_from INTEGER,
  window_to INTEGER,
  payment TEXT NOT NULL,
  currency TEXT NOT NULL,
  goods_minor INTEGER NOT NULL,
  shipping_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  -- The packages as promised at checkout; nothing personal in it.
  travel TEXT NOT NULL,
  wrapped_key BLOB,
  sealed BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX order_user ON customer_order (user_id, placed_at);
CREATE INDEX order_open ON customer_order (status) WHERE status IN ('open', 'on-hold');

CREATE TABLE order_line (
  order_id TEXT NOT NULL REFERENCES customer_order (id),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  sku TEXT NOT NULL,
  gtin TEXT,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_minor INTEGER NOT NULL,
  tax_rate TEXT NOT NULL,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

-- The parcels as the back office reports them.
CREATE TABLE package (
  order_id TEXT NOT NULL REFERENCES customer_order (id),
  parcel_id TEXT NOT NULL,
  letter TEXT,
  carton TEXT,
  gross_g INTEGER,
  contents TEXT,
  why TEXT,
  tracking TEXT,
  status TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (order_id, parcel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_event (
  id INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES customer_order (id),
  parcel_id TEXT,
  kind TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT,
  tracking TEXT
) STRICT;
CREATE INDEX order_event_order ON order_event (order_id, id);

-- What was answered to a key, so that the same request again gets the same answer.
CREATE TABLE answer (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_created ON answer (created_at);

CREATE TABLE packaging_rules (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version TEXT NOT NULL,
  body TEXT NOT NULL,
  published_at INTEGER NOT NULL
) STRICT;

CREATE TABLE erasure (
  seq INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL UNIQUE,
  order_ids TEXT NOT NULL,
  requested_at INTEGER NOT NULL
) STRICT;
