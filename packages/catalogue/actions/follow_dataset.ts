import { followAction } from '../follower/follow.ts';

export const followDataset = followAction('dataset');
