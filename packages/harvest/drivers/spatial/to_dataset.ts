import { type MappedRecord, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { limitsOfRecord } from '../../thread/limits.rules.ts';
import { addDefaultExtras } from '../ckan/default_extras.rules.ts';
import { isWanted, profilesOf } from './config.rules.ts';
import { readSpatialLimited } from './read.ts';
import { transformers } from './transformers.table.ts';
import { markWmsResources } from './wms.ts';

/** Validates a record of a generic spatial source and maps it. @throws ObjectFailure */
export async function spatialToDataset(context: ObjectContext): Promise<MappedRecord> {
  const { object, config, portal } = context;
  const read = await readSpatialLimited(limitsOfRecord(context), {
    content: contentOf(context),
    objectId: object.id,
    guid: object.guid,
    config,
    profiles: object.content === null ? [] : profilesOf(config, portal),
    anchors: portal.spatial.anchors,
    goOn: portal.continueOnValidationErrors || config['continue_on_validation_errors'] === true,
  });
  const { problems } = read;
  if ('invalid' in read)
    throw new ObjectFailure(read.invalid.message, 'Validation', {
      line: read.invalid.line ?? null,
      further: problems,
    });
  if ('refused' in read)
    throw new ObjectFailure(read.refused, 'Import', { further: problems, guid: read.guid });
  const { mapped, odd } = read;
  addDefaultExtras(mapped.dataset, context);
  if (isWanted(config, 'validate_wms', portal.spatial.validateWms))
    problems.push(...(await markWmsResources(context, mapped.dataset.resources ?? [])));
  return { ...mapped, problems: [...problems, ...odd] };
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
