import type { Parameter } from '../../action/declaration.ts';

const fields: Record<string, Parameter> = {
  id: { type: 'text', meaning: 'Id of the view.' },
  resource_id: { type: 'text', meaning: 'Id of the resource.' },
  view_type: { type: 'text', meaning: 'Kind of view, such as image_view.' },
  title: { type: 'text', meaning: 'Title.' },
  description: { type: 'text', meaning: 'Description.' },
};

/** The parameters of a view's actions; settings of its kind come on top. */
export const describeView = (required: Record<string, true>): Record<string, Parameter> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      name in required ? { ...field, required: true } : field,
    ]),
  );
