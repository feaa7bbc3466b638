import { type MappedRecord, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { limitsOfRecord } from '../../thread/limits.rules.ts';
import { addDefaultExtras } from '../ckan/default_extras.rules.ts';
import { isWanted, profilesOf } from '../spatial/config.rules.ts';
import { markWmsResources } from '../spatial/wms.ts';
import { readGeminiLimited } from './read.ts';

/** Validates a GEMINI record, which is imported all the same, and maps it. @throws ObjectFailure */
export async function geminiToDataset(context: ObjectContext): Promise<MappedRecord> {
  const { object, config, portal } = context;
  const { content, id: objectId, guid } = object;
  if (content === null) throw new ObjectFailure(`Empty content for object ${objectId}`);
  const read = await readGeminiLimited(limitsOfRecord(context), {
    content,
    objectId,
    guid,
    config,
    profiles: profilesOf(config, portal),
    anchors: portal.spatial.anchors,
    detectLicense: isWanted(config, 'detect_license', portal.spatial.detectLicense),
    dropBadTags: isWanted(config, 'use_default_tag_schema', portal.spatial.dropBadTags),
  });
  const { problems } = read;
  if ('refused' in read) throw new ObjectFailure(read.refused, 'Import', { further: problems });
  const { mapped, isService } = read;
  addDefaultExtras(mapped.dataset, context);
  if (isService) problems.push(...(await markWmsResources(context, mapped.dataset.resources ?? [])));
  return { ...mapped, problems };
}
