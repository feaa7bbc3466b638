-- Look-ups in PL/pgSQL: a session plans them once, and not at every call, which took longer than most look-ups.

CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_document AS d WHERE d.terms @@ query);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery, among integer[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, terms FROM portolan.search_document WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.terms @@ query);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_document AS d WHERE d.exact && keys);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[], among integer[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, exact FROM portolan.search_document WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.exact && keys);
END $$;

-- A lexeme and the bits of its further occurrences (`lexeme`, `mark`, place of the bit): each list with what it adds
-- to the occurrences. What no document has, has no further occurrences either.
CREATE FUNCTION portolan.search_occurrences(lexeme text, mark text, bits integer)
RETURNS TABLE (amount double precision, numbers bytea) LANGUAGE plpgsql STABLE AS $$
BEGIN
  amount := 1;
  numbers := portolan.search_numbers(portolan.search_lexeme(lexeme));
  RETURN NEXT;
  IF numbers IS NULL THEN RETURN; END IF;
  FOR place IN 0 .. bits - 1 LOOP
    amount := 2 ^ place;
    numbers := portolan.search_numbers(portolan.search_lexeme(lexeme || mark || place));
    IF numbers IS NOT NULL THEN RETURN NEXT; END IF;
  END LOOP;
END $$;

CREATE FUNCTION portolan.search_occurrences(lexeme text, mark text, bits integer, among integer[])
RETURNS TABLE (amount double precision, numbers bytea) LANGUAGE plpgsql STABLE AS $$
BEGIN
  amount := 1;
  numbers := portolan.search_numbers(portolan.search_lexeme(lexeme), among);
  RETURN NEXT;
  IF numbers IS NULL THEN RETURN; END IF;
  FOR place IN 0 .. bits - 1 LOOP
    amount := 2 ^ place;
    numbers := portolan.search_numbers(portolan.search_lexeme(lexeme || mark || place), among);
    IF numbers IS NOT NULL THEN RETURN NEXT; END IF;
  END LOOP;
END $$;

-- Documents are read far more often than they are written, whole: not compressing them takes disk and saves both time.
ALTER TABLE portolan.dataset_document ALTER COLUMN document SET STORAGE EXTERNAL;
