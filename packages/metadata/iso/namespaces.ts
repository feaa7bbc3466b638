/** Prefixes of ISO 19139, as the paths of the field table use them. */
export const isoNamespaces = {
  gmd: 'http://www.isotc211.org/2005/gmd',
  gco: 'http://www.isotc211.org/2005/gco',
  gmx: 'http://www.isotc211.org/2005/gmx',
  gsr: 'http://www.isotc211.org/2005/gsr',
  gss: 'http://www.isotc211.org/2005/gss',
  gts: 'http://www.isotc211.org/2005/gts',
  srv: 'http://www.isotc211.org/2005/srv',
  gml: 'http://www.opengis.net/gml',
  gml32: 'http://www.opengis.net/gml/3.2',
  xlink: 'http://www.w3.org/1999/xlink',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
};
