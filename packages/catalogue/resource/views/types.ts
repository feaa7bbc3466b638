import {
  boolean,
  defaultTo,
  ignoreEmpty,
  ignoreMissing,
  integer,
  natural,
  notEmpty,
  text,
  type Validator,
} from '@portolan/schema';

type Fields = Record<string, unknown>;

/** A kind of view as the extension that draws it declares it. */
export interface ViewType {
  /** Title of a view that the portal makes by itself. */
  title: string;
  /** Settings of the view, beside those that every view has. */
  settings: Record<string, readonly Validator[]>;
  /** Whether a view may be narrowed to some rows. */
  filterable: boolean;
  /** Whether the portal makes such a view for a new resource. */
  fits(resource: Fields): boolean;
}

const images = ['png', 'jpeg', 'jpg', 'gif'];
const texts = 'txt plain text/plain xml rdf rdf+xml owl+xml atom rss json gjson geojson jsonp'.split(' ');
const formatOf = (resource: Fields): string => String(resource['format'] ?? '').toLowerCase();

/** The views of CKAN's own extensions, by `view_type`. */
export const viewTypes: Readonly<Record<string, ViewType>> = {
  image_view: {
    title: 'Image',
    settings: { image_url: [ignoreEmpty, text] },
    filterable: false,
    fits: (resource) => images.includes(formatOf(resource)),
  },
  text_view: {
    title: 'Text',
    settings: {},
    filterable: false,
    fits: (resource) => resource['url_type'] === 'upload' && texts.includes(formatOf(resource)),
  },
  datatables_view: {
    title: 'Table',
    settings: {
      responsive: [defaultTo(false), boolean],
      ellipsis_length: [defaultTo(100), integer, natural],
      date_format: [defaultTo('llll'), notEmpty, text],
      show_fields: [ignoreMissing],
      filterable: [defaultTo(true), boolean],
    },
    filterable: true,
    fits: (resource) => resource['datastore_active'] === true,
  },
};

export const findViewType = (name: unknown): ViewType | undefined =>
  typeof name === 'string' && Object.hasOwn(viewTypes, name) ? viewTypes[name] : undefined;
