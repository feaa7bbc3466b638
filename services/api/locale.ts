import type { IncomingMessage } from 'node:http';
import type { Config } from '@portolan/kernel';

/** Languages of CKAN's own translations, which it offers unless the site names others. */
const translated = new Set(
  `am ar bg bs ca cs_CZ da_DK de el en en_AU en_GB eo es es_AR eu fa_IR fi fr gl he hr hu id is it ja km ko_KR lt lv
   mk mn_MN my_MM nb_NO ne nl nl_NL no pl pt_BR pt_PT ro ru sk sl sq sr sr_Latn sv th tl tr uk uk_UA vi zh_Hans_CN
   zh_Hant_TW`.split(/\s+/),
);

const prefixes = new WeakMap<IncomingMessage, string>();

/** Takes an offered language off the front of the path; `localePrefix` remembers it for addresses in the answer. */
export function stripLocale(request: IncomingMessage, config: Config): string {
  const url = request.url ?? '/';
  const match = /^\/([A-Za-z]{2}(?:_[A-Za-z]{2,4})*(?:@\w+)?)(?=[/?]|$)/.exec(url);
  const language = match?.[1];
  if (!language) return url;
  const offered = config.localesOffered.length > 0 ? config.localesOffered : translated;
  if (!(Array.isArray(offered) ? offered.includes(language) : (offered as Set<string>).has(language)))
    return url;
  prefixes.set(request, `/${language}`);
  const rest = url.slice(language.length + 1);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

export const localePrefix = (request: IncomingMessage): string => prefixes.get(request) ?? '';
