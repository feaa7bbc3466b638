import { bool, choice, int, list, maybeText } from '../option.ts';

/** Harvested records: what may be read, and what datasets are made of them. */
export const harvestRecord = {
  harvestMaxRecords: int({
    key: 'portolan.harvest.max_records',
    aliases: ['harvest.max_records_per_job'],
    default: 1_000_000,
    min: 1,
    meaning: 'Most records of one harvest job; a listing that is longer is refused.',
  }),
  harvestMaxRecordSize: int({
    key: 'portolan.harvest.max_record_mb',
    aliases: ['harvest.max_record_mb'],
    default: 10,
    min: 1,
    meaning: 'Megabytes of one harvested record.',
  }),
  harvestMaxDocumentSeconds: int({
    key: 'portolan.harvest.max_document_s',
    aliases: ['harvest.max_document_s'],
    default: 5,
    min: 1,
    meaning:
      'Seconds of a processor that reading a harvested document takes at most, an RDF one for each megabyte.',
  }),
  harvestMaxEntries: int({
    key: 'portolan.harvest.max_entries',
    aliases: ['harvest.max_entries_per_dataset'],
    default: 5000,
    min: 1,
    meaning: 'Most tags, most extras and most groups of a harvested dataset.',
  }),
  harvestMaxResources: int({
    key: 'portolan.harvest.max_resources',
    aliases: ['harvest.max_resources_per_dataset'],
    default: 2000,
    min: 1,
    meaning: 'Most resources of a harvested dataset.',
  }),
  harvestOverlap: int({
    key: 'portolan.harvest.ckan.overlap_minutes',
    aliases: ['harvest.ckan.overlap_minutes'],
    default: 60,
    meaning: 'Minutes before its last error-free job from which another CKAN’s changes are asked for.',
  }),
  harvestUser: maybeText({
    key: 'ckanext.harvest.user_name',
    default: undefined,
    meaning: 'User that harvested datasets are written as; else `harvest`, else the site user.',
  }),
  harvestSpatialUser: maybeText({
    key: 'ckanext.spatial.harvest.user_name',
    default: undefined,
    meaning: 'User that datasets of spatial sources are written as; else the site user.',
  }),
  harvestNameAppend: choice(
    {
      key: 'ckanext.harvest.default_dataset_name_append',
      default: 'number-sequence',
      meaning: 'What makes a taken dataset name unique.',
    },
    ['number-sequence', 'random-hex'],
  ),
  harvestKeepFields: list({
    key: 'ckan.harvest.not_overwrite_fields',
    default: [],
    meaning: 'Dataset fields that a harvest leaves as they are.',
  }),
  harvestKeepExtras: list({
    key: 'ckan.harvest.extras_not_overwritten',
    default: [],
    meaning: 'Extras that a harvest leaves as they are where a dataset has them.',
  }),
  dataJsonAdditions: choice(
    {
      key: 'portolan.harvest.dcat_json.additions',
      default: 'profile',
      meaning:
        'Whether records of a data.json keep their licence, contact, themes, period and media types, which CKAN leaves out, and those that are not public are left out; for sources whose configuration has no `additions`. `profile`: only in the profile datagovuk.',
    },
    ['profile', 'on', 'off'],
  ),
  rdfCleanTags: bool({
    key: 'ckanext.dcat.clean_tags',
    default: false,
    meaning:
      'Whether all keywords of harvested RDF are made simple tags; else only those that CKAN would refuse.',
  }),
  rdfNormalizeFormats: bool({
    key: 'ckanext.dcat.normalize_ckan_format',
    default: true,
    meaning: 'Whether formats of harvested RDF are spelled as the portal spells them.',
  }),
  rdfSubcatalogues: bool({
    key: 'ckanext.dcat.expose_subcatalogs',
    default: false,
    meaning:
      'Whether datasets of harvested RDF tell, in extras `source_catalog_*`, of the catalogue that they come from.',
  }),
  validatorProfiles: list({
    key: 'ckan.spatial.validator.profiles',
    default: ['iso19139'],
    meaning: 'Validation profiles of spatial records, for sources that name none.',
  }),
  continueOnValidationErrors: bool({
    key: 'ckanext.spatial.harvest.continue_on_validation_errors',
    default: false,
    meaning: 'Whether spatial records that fail validation are imported all the same, with their errors.',
  }),
  spatialAnchors: bool({
    key: 'portolan.harvest.spatial.anchor_fallback',
    default: true,
    meaning:
      'Whether texts that spatial records write as links (`gmx:Anchor`) are read where no plain text is.',
  }),
  spatialValidateWms: bool({
    key: 'ckanext.spatial.harvest.validate_wms',
    default: false,
    meaning: 'Whether the resources of generic spatial records are asked whether they are Web Map Services.',
  }),
  spatialTagSchema: bool({
    key: 'ckan.spatial.validator.use_default_tag_schema',
    default: false,
    meaning: 'Whether tags of GEMINI records that break CKAN’s rules are left out, with an error each.',
  }),
  harvestMaxFileSize: int({
    key: 'ckanext.dcat.max_file_size',
    aliases: ['harvest.max_response_mb'],
    default: 50,
    meaning: 'Megabytes of one harvested file.',
  }),
};
