import { readAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { assertMayReadResource } from '../resource/authorise.ts';
import { type FoundView, requireView } from '../resource/views/authorise.ts';
import { presentView } from '../resource/views/rows.ts';

export const resourceViewShow = readAction<FoundView>({
  name: 'resource_view_show',
  summary: 'A view of a resource.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the view.' } },
  async authorise(call, params) {
    const detail = call.user?.sysadmin ? undefined : 'Resource view not found, cannot check auth.';
    const subject = await requireView(call, requiredText(params, 'id'), detail);
    await assertMayReadResource(call, subject.found);
    return subject;
  },
  handle: (_call, _params, { view }) => presentView(view),
});
