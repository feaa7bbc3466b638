import { followeeCountAction } from '../follower/followees.ts';

export const followeeCount = followeeCountAction('followee_count', 'group');
