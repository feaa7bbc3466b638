import { guessLinkMediaType } from '@portolan/storage';

/** Protocols of resource locators, in lower case, and the formats they stand for. */
const protocols: Record<string, string> = {
  ...all(
    'wms',
    'ogc:wms',
    'ogc:wms-1.1.1-http-get-capabilities',
    'ogc:wms-1.3.0-http-get-capabilities',
    'ogc:wms-1.1.1-http-get-map',
    'ogc:wms-1.3.0-http-get-map',
  ),
  ...all('wmts', 'ogc:wmts', 'ogc:wmts-1.0.0-http-get-capabilities'),
  ...all('wmc', 'ogc:wmc'),
  ...all('wfs', 'ogc:wfs', 'ogc:wfs-1.0.0-http-get-capabilities', 'ogc:wfs-g'),
  ...all('wcs', 'ogc:wcs', 'ogc:wcs-1.1.0-http-get-capabilities'),
  ...all('wcts', 'ogc:wcts'),
  ...all('wps', 'ogc:wps'),
  ...all('wns', 'ogc:wns'),
  ...all('sos', 'ogc:sos-1.0.0-http-get-observation', 'ogc:sos-1.0.0-http-post-observation'),
  ...all('csw', 'ogc:csw'),
  ...all('kml', 'ogc:kml', 'glg:kml-2.0-http-get-map'),
  ...all('gml', 'ogc:gml'),
  ...all('tms', 'tms'),
  ...all('ftp', 'www:download-1.0-ftp-download'),
  ...all('ical', 'www:link-1.0-http-ical'),
  ...all(
    'http',
    'www:download-1.0-http-download',
    ...['link', 'partners', 'related', 'rss', 'samples', 'opendap'].map(
      (kind) => `www:link-1.0-http-${kind}`,
    ),
    ...['configuration', 'get-feature', 'get-image'].map((kind) => `esri:aims-http-${kind}`),
  ),
};

function all(format: string, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, format]));
}

/** What an address of a service contains; the first line that has a part in it counts. */
const services: [format: string, ...parts: string[]][] = [
  ['wms', '/wms', 'service=wms', 'geoserver/wms', 'mapserver/wmsserver', 'service/wms'],
  ['wfs', '/wfs', 'service=wfs', 'mapserver/wfsserver'],
  ['wcs', '/wcs', 'service=wcs', 'imageserver/wcsserver', 'mapserver/wcsserver'],
  ['sos', '/sos', 'service=sos'],
  ['csw', '/csw', 'service=csw'],
  ['kml', 'mapserver/generatekml'],
  ['arcims', 'com.esri.esrimap.esrimap'],
  ['arcgis_rest', 'arcgis/rest/services'],
];

const endings: [format: string, ...endings: string[]][] = [
  ['kml', 'kml'],
  ['kmz', 'kmz'],
  ['gml', 'gml'],
  ['tif', 'tif', 'tiff'],
  ['shp', 'shp'],
  ['zip', 'zip'],
];

/** The format of a resource, by its protocol, else by its address. @returns null when neither tells */
export function inferFormat(locator: { protocol: string; url: string }): string | null {
  const byProtocol = protocols[locator.protocol.toLowerCase().trim()];
  if (byProtocol) return byProtocol;
  const url = locator.url.toLowerCase().trim();
  const service = services.find(([, ...parts]) => parts.some((part) => url.includes(part)));
  if (service) return service[0];
  const file = endings.find(([, ...ends]) => ends.some((end) => url.endsWith(end)));
  if (file) return file[0];
  return guessLinkMediaType(url) ?? null;
}
