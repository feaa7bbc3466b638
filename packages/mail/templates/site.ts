/** What every mail tells of the portal it comes from. */
export interface MailSite {
  title: string;
  url: string;
}

/** A mail's text: paragraphs, then who sends it. */
export const letter = (site: MailSite, paragraphs: readonly string[]): string =>
  [...paragraphs, `--\n${site.title} (${site.url})`].join('\n\n');
