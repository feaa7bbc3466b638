/** Alembic revisions that a database of CKAN's can be at, by the table that tells them. */
export const knownRevisions: Record<string, Record<string, string>> = {
  alembic_version: { '9f33a0280c51': 'CKAN 2.10', '4a5e3465beb6': 'CKAN 2.11' },
  activity_alembic_version: {
    // 2.10 has the table without permission labels and no revision of the plugin's, or the first.
    b8eb70edd0ee: 'activity of CKAN 2.10',
    fab3bfdcf830: 'activity of CKAN 2.11',
  },
  harvest_alembic_version: {
    '3b4894672727': 'ckanext-harvest 1.4',
    '75d650dfd519': 'ckanext-harvest 1.5 and later',
  },
};
