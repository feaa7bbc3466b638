-- What made an index entry: the builder, the settings that show in it, the vocabulary that its terms are in. A rebuild
-- leaves alone what would be made the same again. Entries of before are made anew once.
ALTER TABLE portolan.dataset_document ADD COLUMN entry_form text;

-- The vocabulary's name, which was given with the first terms.
INSERT INTO portolan.search_term (field, term)
SELECT '', gen_random_uuid()::text WHERE NOT EXISTS (SELECT FROM portolan.search_term WHERE field = '');
