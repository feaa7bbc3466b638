export const htmlType = 'text/html; charset=utf-8';

const titles: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The page of an error outside the actions. */
export function errorPage(status: number, message?: string): string {
  const title = titles[status] ?? 'Error';
  const said = escapeHtml(message ?? title);
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1><p>${said}</p></body></html>\n`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');
}

/** What a client that does not follow a redirect shows. */
export function movedPage(address: string): string {
  const shown = escapeHtml(address);
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Redirecting</title></head><body><p>The file is at <a href="${shown}">${shown}</a>.</p></body></html>\n`;
}

interface Form {
  title: string;
  message?: string | undefined;
  fields?: { name: string; label: string; type: 'text' | 'password' }[];
  button?: string;
}

/** A page with a form that is sent to the page's own address, or with a message alone. */
export function formPage({ title, message, fields = [], button }: Form): string {
  const inputs = fields.map(
    ({ name, label, type }) =>
      `<p><label>${escapeHtml(label)}<br><input name="${name}" type="${type}"></label></p>`,
  );
  const form = button
    ? `<form method="post">${inputs.join('')}<button>${escapeHtml(button)}</button></form>`
    : '';
  const said = message === undefined ? '' : `<p role="status">${escapeHtml(message)}</p>`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(title)}</h1>${said}${form}</body></html>\n`;
}
