import { choice, int, maybeText, text } from '../option.ts';

/** API tokens. */
export const token = {
  tokenHeader: text({
    key: 'apitoken_header_name',
    aliases: ['apikey_header_name'],
    default: 'Authorization',
    meaning: 'Request header of the API token; `Authorization` and `X-CKAN-API-Key` are always read too.',
  }),
  tokenBytes: int({
    key: 'api_token.nbytes',
    default: 32,
    min: 16,
    max: 128,
    meaning: 'Random bytes of a token’s id.',
  }),
  tokenSecret: maybeText({
    key: 'api_token.jwt.encode.secret',
    env: 'API_TOKEN_SECRET',
    default: undefined,
    meaning: 'Signs API tokens: `string:…` or `file:…`; falls back to SECRET_KEY.',
    secret: true,
    runtime: false,
  }),
  tokenDecodeSecret: maybeText({
    key: 'api_token.jwt.decode.secret',
    default: undefined,
    meaning: 'Checks API tokens, when not the signing secret.',
    secret: true,
    runtime: false,
  }),
  tokenAlgorithm: choice(
    { key: 'api_token.jwt.algorithm', default: 'HS256', meaning: 'Signature of API tokens.', runtime: false },
    ['HS256', 'HS384', 'HS512'],
  ),
  secretKey: maybeText({
    key: 'SECRET_KEY',
    env: 'SECRET_KEY',
    aliases: ['beaker.session.secret'],
    default: undefined,
    meaning: 'The site’s secret; signs API tokens when they have no secret of their own.',
    secret: true,
    runtime: false,
  }),
  tokenAccessInterval: int({
    key: 'portolan.token.last_access_interval',
    default: 60,
    meaning: 'Seconds between two notes of a token’s use.',
  }),
};
