import { createHash } from 'node:crypto';
import { readIsoRecord, UnreadableXml, validateRecord, withXml } from '@portolan/metadata';
import type { MappedRecord, ObjectProblem } from '../../driver.ts';
import { limited } from '../../thread/limited.ts';
import { datasetFromIso } from './dataset.rules.ts';
import { readMetadataDate } from './metadata_date.rules.ts';

/** A record of a generic spatial source, and how it is to be read. */
export interface SpatialReading {
  content: string;
  objectId: string;
  /** The listing's. */
  guid: string;
  config: Record<string, unknown>;
  /** None for a record that was made of another standard: that is not its publisher's to validate. */
  profiles: string[];
  anchors: boolean;
  /** What does not validate is imported all the same. */
  goOn: boolean;
}

/** What it comes to. `invalid`: it does not validate; `refused`: why else it cannot be imported. */
export type ReadRecord =
  | { mapped: MappedRecord; problems: ObjectProblem[]; odd: ObjectProblem[] }
  | { invalid: ObjectProblem; problems: ObjectProblem[] }
  | { refused: string; guid?: string; problems: ObjectProblem[] };

/** Validates a record and maps it. */
export function readSpatial(reading: SpatialReading): ReadRecord {
  const { content, objectId, config } = reading;
  try {
    return withXml(content, (document) => {
      const problems = validateRecord(document, reading.profiles).map(
        (finding): ObjectProblem => ({ ...finding, stage: 'Validation' }),
      );
      const [invalid, ...further] = problems;
      if (invalid && !reading.goOn) return { invalid, problems: further };
      const values = readIsoRecord(document, reading);
      const guid = values.guid || reading.guid || createHash('md5').update(content).digest('hex');
      const date = values['metadata-date'];
      const metadataDate = readMetadataDate(date);
      if (metadataDate === undefined)
        return {
          refused: `Could not extract reference date for object ${objectId} (${date})`,
          guid,
          problems,
        };
      const { dataset, problems: odd } = datasetFromIso(values, config);
      return {
        mapped: {
          dataset,
          identity: 'derived',
          guid,
          metadataDate,
          remoteModified: date,
          freeTags: true,
        },
        problems,
        odd: odd.map((message): ObjectProblem => ({ message, stage: 'Import' })),
      };
    });
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    // The first is the validation's, which does not end it then.
    const again = `Error parsing ISO document for object ${objectId}: ${error.message}`;
    return {
      refused: `Could not parse XML file: ${error.message}`,
      problems: reading.goOn ? [{ message: again, stage: 'Import' }] : [],
    };
  }
}

export const readSpatialLimited = limited(import.meta.url, readSpatial);
