import { lowerCase } from '../../analysis/lower_case.ts';
import type { PlacedDocument } from '../../mirror/index_format.ts';
import { copiesOf } from '../../schema/copy_rules.ts';
import { type FieldType, fieldOf } from '../../schema/field_type.ts';
import {
  numberPath,
  ownValues,
  type Place,
  presencePath,
  textPlace,
  titlePath,
  valuePlace,
} from './place.ts';
import { datesPath, dateValue, sortPlace, sortValue } from './sort_values.ts';
import { indexTerm, writtenValue } from './terms.ts';

const isText = (type: FieldType): type is 'text' | 'text_general' =>
  type === 'text' || type === 'text_general';

/** What OpenSearch is given to index of a document. */
export function sourceOf({ packageId, labels, fields, number }: PlacedDocument): Record<string, unknown> {
  const source: Record<string, unknown> = { place: number };
  const put = (path: string, values: string[]) => {
    source[path] = [...((source[path] as string[] | undefined) ?? []), ...values];
  };
  const putValues = (place: Place, values: readonly string[]) =>
    put(
      place.path,
      [...new Set(values)].map((value) => indexTerm(place, value)),
    );
  const writes = { text: rememberedWriting('text'), text_general: rememberedWriting('text_general') };
  const putText = (field: string, type: 'text' | 'text_general', values: readonly string[]) => {
    const place = textPlace(field);
    put(
      place.path,
      values.map((value) => writes[type](place, value)),
    );
  };
  putValues(valuePlace('id'), [packageId]);
  putValues(valuePlace('permission_labels'), labels);
  const present = new Set(['permission_labels']);
  for (const [name, values] of Object.entries(fields)) {
    const { type } = fieldOf(name);
    present.add(name);
    if (!isText(type) && name !== 'id') putValues(valuePlace(name), values);
    const numeric = numberPath(name);
    if (numeric !== undefined) source[numeric] = type === 'date' ? Date.parse(values[0]!) : Number(values[0]);
    else if (type === 'date') put(datesPath, [dateValue(name, Date.parse(values[0]!))]);
    else if (isText(type) || !own.has(name))
      put(
        sortPlace(name).path,
        values.map((value) => sortValue(name, value)),
      );
    for (const target of [name, ...copiesOf(name)]) {
      present.add(target);
      const targetType = fieldOf(target).type;
      if (isText(targetType)) putText(target, targetType, values);
    }
  }
  const title = fields['title_string']?.[0];
  if (title !== undefined) source[titlePath] = lowerCase(title).slice(0, 8000);
  source[presencePath] = [...present];
  return source;
}

/** Most values are copied to another field of the same type, and are written alike there. */
function rememberedWriting(type: 'text' | 'text_general'): (place: Place, value: string) => string {
  const known = new Map<string, string>();
  return (place, value) => {
    const key = place.prefix + value;
    let text = known.get(key);
    if (text === undefined) {
      text = writtenValue(place, value, type);
      known.set(key, text);
    }
    return text;
  };
}

const own = new Set(ownValues);
