-- An e-mail address that nobody has confirmed proves nothing, and a refusal would tell who is a customer here:
-- an account is found by address and password together, so one address may have several.
DROP INDEX customer_account;

-- Orders that a terminal may read without owning them: it opened the link, or knew number and e-mail address.
CREATE TABLE order_access (
  token_hash TEXT NOT NULL REFERENCES session (token_hash) ON DELETE CASCADE,
  order_id TEXT NOT NULL REFERENCES customer_order (id),
  how TEXT NOT NULL CHECK (how IN ('link', 'look-up')),
  PRIMARY KEY (token_hash, order_id)
) STRICT, WITHOUT ROWID;
