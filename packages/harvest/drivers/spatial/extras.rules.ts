import { type IsoValues, inferValues } from '@portolan/metadata';
import { pythonJson } from '../../text/python_json.rules.ts';
import { licenceUrl } from './licence.rules.ts';

export interface Extra {
  key: string;
  value: string;
}

/** The values of a record that both families of spatial sources keep as extras, under their own names. */
export function sharedExtras(values: IsoValues, guid: string): Extra[] {
  const constraints = values['use-constraints'];
  const url = licenceUrl(constraints);
  return [
    { key: 'spatial-reference-system', value: values['spatial-reference-system'] },
    { key: 'guid', value: guid },
    { key: 'dataset-reference-date', value: pythonJson(values['dataset-reference-date']) },
    { key: 'metadata-language', value: values['metadata-language'] },
    { key: 'metadata-date', value: values['metadata-date'] },
    { key: 'coupled-resource', value: pythonJson(values['coupled-resource']) },
    { key: 'contact-email', value: inferValues(values).contactEmail },
    { key: 'frequency-of-update', value: values['frequency-of-update'] },
    { key: 'spatial-data-service-type', value: values['spatial-data-service-type'] },
    { key: 'progress', value: values.progress[0] ?? '' },
    { key: 'resource-type', value: values['resource-type'][0] ?? '' },
    { key: 'licence', value: pythonJson(constraints) },
    ...(url === undefined ? [] : [{ key: 'licence_url', value: url }]),
    { key: 'access_constraints', value: pythonJson(values['limitations-on-public-access']) },
  ];
}

/** Organisations in the order they are first named, each with its roles. */
export function partiesOf(values: IsoValues): { name: string; roles: string[] }[] {
  const parties = new Map<string, Set<string>>();
  for (const party of values['responsible-organisation']) {
    const name = party['organisation-name'];
    parties.set(name, (parties.get(name) ?? new Set()).add(party.role));
  }
  return [...parties].map(([name, roles]) => ({ name, roles: [...roles] }));
}
