import { askingSuite } from './queue.asking.suite.ts';
import { dyingSuite } from './queue.dying.suite.ts';
import { failingSuite } from './queue.failing.suite.ts';
import { keepingSuite } from './queue.keeping.suite.ts';
import { pausingSuite } from './queue.pausing.suite.ts';
import { type QueueUnderTest, queueSetting } from './queue.setting.ts';

/** What the queue promises, whatever its backend. */
export function queueSuite(open: () => Promise<QueueUnderTest>): void {
  const queue = queueSetting(open);
  askingSuite(queue);
  dyingSuite(queue);
  failingSuite(queue);
  keepingSuite(queue);
  pausingSuite(queue);
}
