-- Vectors are not worth compressing: it takes PostgreSQL longer than all else of storing one, and each phrase that is
-- looked for in it longer to read it. What is there stays as it is until it is written again.
ALTER TABLE portolan.search_posting
  ALTER COLUMN terms SET STORAGE EXTERNAL,
  ALTER COLUMN exact SET STORAGE EXTERNAL;
