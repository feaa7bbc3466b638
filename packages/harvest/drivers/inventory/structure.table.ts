// What an inventory of LGA and ESD is made of, from the inside out.

/** How often an element may stand in another. */
export type Occurs = '1' | '0..1' | '*' | '1..*';

export interface Shape {
  attributes: Record<string, { required?: true; date?: true }>;
  children: Record<string, { occurs: Occurs; shape: Shape }>;
}

const any = {};
const date = { date: true } as const;

const text: Shape = { attributes: {}, children: {} };
const once = { occurs: '0..1', shape: text } as const;
const must = { occurs: '1', shape: text } as const;
const often = { occurs: '*', shape: text } as const;

const one = (shape: Shape): Shape['children'][string] => ({ occurs: '0..1', shape });
/** An element that holds nothing but others of one name. */
const listOf = (name: string, shape: Shape, occurs: Occurs = '*'): Shape['children'][string] =>
  one({ attributes: {}, children: { [name]: { occurs, shape } } });

const period = { TemporalFrom: any, TemporalTo: any };
const coverage = one({ attributes: period, children: { Spatial: often } });

const rendition: Shape = {
  attributes: { Active: any, Modified: date },
  children: {
    Identifier: once,
    MimeType: once,
    Title: once,
    Description: once,
    Availability: once,
    ConformsTo: often,
  },
};

const resource: Shape = {
  attributes: { Type: { required: true }, Modified: date, Active: any, Language: any, ...period },
  children: {
    Identifier: once,
    Title: once,
    Description: once,
    Coverage: coverage,
    Renditions: listOf('Rendition', rendition),
  },
};

const dataset: Shape = {
  attributes: { Active: any, Modified: date },
  children: {
    Identifier: must,
    Title: must,
    Description: once,
    Rights: once,
    Protected: once,
    ProtectedText: once,
    Context: once,
    RightsHolder: once,
    ChargeURL: once,
    CommittmentDate: once,
    RelationType: once,
    Relations: listOf('Relation', text),
    Subjects: listOf('Subject', {
      attributes: { Scheme: any },
      children: { Service: often, Function: often },
    }),
    Resources: listOf('Resource', resource),
  },
};

/** Of the document's root, `Inventory`. */
export const inventory: Shape = {
  attributes: { Modified: date, Language: any },
  children: {
    Identifier: once,
    Creator: once,
    Metadata: one({
      attributes: {},
      children: { Publisher: once, Title: once, Description: once, Coverage: coverage },
    }),
    Datasets: listOf('Dataset', dataset, '1..*'),
  },
};
