import type { Site } from '@portolan/catalogue';
import type { FastifyInstance } from 'fastify';
import { badRequest } from '../response/bad_request.ts';
import { corsHeaders } from '../response/headers.ts';
import { htmlType } from '../response/page.ts';

/** The languages that CKAN 2.11 comes in. */
const locales = new Set(
  `en am ar bg bs ca cs_CZ da_DK de el en_AU en_GB es es_AR eu fa_IR fi fr gl gl_ES he hr hu id is it ja km ko_KR lt lv
  mk mn_MN my_MM nb_NO ne nl no pl pt_BR pt_PT ro ru sk sl sq sr sr_Latn sv th tl tr uk uk_UA vi zh_Hans_CN zh_Hant_TW`.split(
    /\s+/,
  ),
);

/** What scripts of CKAN's pages are translated by. There are no such pages here, so every catalogue is empty. */
export function i18nRoutes(app: FastifyInstance, site: Site): void {
  for (const prefix of ['/api', '/api/1', '/api/2'])
    app.get<{ Params: { locale: string } }>(
      `${prefix}/i18n/:locale`,
      { config: { access: 'public' } },
      async (request, reply) => {
        corsHeaders(request, reply, site.config);
        const { locale } = request.params;
        if (!locales.has(locale)) return badRequest(reply, `Bad request - Unknown locale: ${locale}`);
        return reply.type(htmlType).send('{}');
      },
    );
}
