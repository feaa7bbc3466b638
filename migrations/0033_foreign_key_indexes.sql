-- Deleting a dataset asks who follows it and what it is related to: without these, by reading the tables whole, once for
-- every dataset that goes.
CREATE INDEX portolan_followed_dataset ON user_following_dataset (object_id);
CREATE INDEX portolan_relationship_subject ON package_relationship (subject_package_id);
CREATE INDEX portolan_relationship_object ON package_relationship (object_package_id);
