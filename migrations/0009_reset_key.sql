-- Until when the key of a reset or invitation mail opens; CKAN's own column has no room for it. A key that has no
-- row here, or is not the row's, is one of CKAN's and opens for ever, as there.
CREATE TABLE portolan.reset_key (
  user_id text NOT NULL,
  key text NOT NULL,
  issued timestamptz NOT NULL DEFAULT now(),
  expires timestamptz,
  CONSTRAINT reset_key_pkey PRIMARY KEY (user_id)
);
