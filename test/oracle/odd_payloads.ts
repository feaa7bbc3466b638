import type { Action } from '@portolan/catalogue';
import { usualCall } from '../authorisation/usual_call.ts';
import type { Caller, World } from '../authorisation/world.ts';

/** A call that would be in order but for one of its parameters. */
export interface OddCall {
  action: string;
  caller: Caller;
  parameter: string;
  /** `undefined`: the parameter is not sent. */
  value: OddValue;
  params(world: World): object;
  /** Makes anew what a call that succeeded has used up. */
  renew(world: World): Promise<void>;
}

/** Texts carry what a world's names have in common, so that what is made of them is nobody else's. */
type OddValue = (world: World) => unknown;

const plain = [undefined, null, '', ' ', 'x', 0, 1, -1, 1.5, true, false, [], [{}], {}, { a: 1 }];
const values: OddValue[] = [
  ...plain.map((value) => () => value),
  ({ suffix }) => `x${suffix}`,
  ({ suffix }) => `a${suffix},b`,
  ({ suffix }) => `A ${suffix}`,
  ({ suffix }) => `naïve${suffix}`,
  ({ suffix }) => [suffix],
  ({ suffix }) => suffix.repeat(15),
];
/** Enough to see whether rights are asked before values are looked at. */
const fewValues: OddValue[] = [undefined, null, '', 'x', 0, {}].map((value) => () => value);

/** What these change is the whole server's, which others use too. */
const leftOut = new Set(['config_option_update', 'job_clear', 'resource_view_clear']);

const withOdd = (params: object, parameter: string, value: unknown): object => {
  const { [parameter]: _replaced, ...rest } = params as Record<string, unknown>;
  return value === undefined ? rest : { ...rest, [parameter]: value };
};

/** Every declared parameter of every action with every odd value, as each of the callers. */
export function* oddCalls(actions: readonly Action[], callers: readonly Caller[]): Generator<OddCall> {
  for (const { name: action, parameters } of actions) {
    const usual = leftOut.has(action) ? undefined : usualCall(action);
    if (!usual) continue;
    for (const caller of callers)
      for (const [parameter, { type }] of Object.entries(parameters))
        if (type !== 'file')
          for (const value of caller === 'sysadmin' ? values : fewValues)
            yield {
              action,
              caller,
              parameter,
              value,
              params: (world) =>
                withOdd(usual.params({ world, caller, self: world.users[caller] }), parameter, value(world)),
              renew: usual.renew,
            };
  }
}
