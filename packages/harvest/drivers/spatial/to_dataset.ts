import { createHash } from 'node:crypto';
import { type IsoValues, readIsoRecord, UnreadableXml, validateRecord, withXml } from '@portolan/metadata';
import { type MappedRecord, type ObjectContext, ObjectFailure, type ObjectProblem } from '../../driver.ts';
import { addDefaultExtras } from '../ckan/default_extras.rules.ts';
import { isWanted, profilesOf } from './config.rules.ts';
import { datasetFromIso } from './dataset.rules.ts';
import { readMetadataDate } from './metadata_date.rules.ts';
import { transformers } from './transformers.table.ts';
import { markWmsResources } from './wms.ts';

/** Validates a record of a generic spatial source and maps it. @throws ObjectFailure */
export async function spatialToDataset(context: ObjectContext): Promise<MappedRecord> {
  const { object, config, portal } = context;
  const content = contentOf(context);
  const { values, problems } = readRecord(context, content);
  const guid = values.guid || object.guid || createHash('md5').update(content).digest('hex');
  const metadataDate = readMetadataDate(values['metadata-date']);
  if (metadataDate === undefined)
    throw new ObjectFailure(
      `Could not extract reference date for object ${object.id} (${values['metadata-date']})`,
      'Import',
      { further: problems },
    );
  const { dataset, problems: odd } = datasetFromIso(values, guid, config);
  addDefaultExtras(dataset, context);
  if (isWanted(config, 'validate_wms', portal.spatial.validateWms))
    problems.push(...(await markWmsResources(context, dataset.resources ?? [])));
  problems.push(...odd.map((message): ObjectProblem => ({ message, stage: 'Import' })));
  return {
    dataset,
    identity: 'derived',
    guid,
    metadataDate,
    remoteModified: values['metadata-date'],
    problems,
    freeTags: true,
  };
}

/** The ISO document of a record, made of another one where that is what was found. @throws ObjectFailure */
function contentOf({ object }: ObjectContext): string {
  if (object.content !== null) return object.content;
  const { original_document: document, original_format: format } = object.extras;
  if (document === undefined) throw new ObjectFailure(`Empty content for object ${object.id}`);
  const content = transformers.find((one) => one.format === format)?.toIso(document);
  if (!content) throw new ObjectFailure('Transformation to ISO failed');
  return content;
}

function readRecord(
  { object, config, portal }: ObjectContext,
  content: string,
): { values: IsoValues; problems: ObjectProblem[] } {
  try {
    return withXml(content, (document) => {
      // What was made of another standard is not its publisher's to validate.
      const findings = object.content === null ? [] : validateRecord(document, profilesOf(config, portal));
      const problems = findings.map((finding): ObjectProblem => ({ ...finding, stage: 'Validation' }));
      const [first, ...further] = problems;
      const goOn = portal.continueOnValidationErrors || config['continue_on_validation_errors'] === true;
      if (first && !goOn)
        throw new ObjectFailure(first.message, 'Validation', { line: first.line ?? null, further });
      return { values: readIsoRecord(document, portal.spatial), problems };
    });
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    throw new ObjectFailure(`Could not parse XML file: ${error.message}`, 'Import', { cause: error });
  }
}
