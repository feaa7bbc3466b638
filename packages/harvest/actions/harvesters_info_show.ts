import { anyone, readAction } from '@portolan/catalogue';
import { offeredDrivers } from '../drivers.ts';

export const harvestersInfoShow = readAction({
  name: 'harvesters_info_show',
  summary: 'The types a harvest source may have.',
  parameters: {},
  authorise: anyone,
  handle: (call) =>
    offeredDrivers(call.site.config).map(({ name, title, description, form_config_interface }) => ({
      name,
      title,
      description,
      ...(form_config_interface ? { form_config_interface } : {}),
      show_config: form_config_interface === 'Text',
    })),
});
