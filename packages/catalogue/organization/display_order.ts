import type { Config } from '@portolan/kernel';

/** The order of names as people of the site's language read them. */
export function byDisplayName({ localeDefault }: Pick<Config, 'localeDefault'>) {
  const collator = new Intl.Collator(localeDefault.replace('_', '-'));
  return (one: { display_name: string }, other: { display_name: string }) =>
    collator.compare(one.display_name, other.display_name);
}
