import { followeeCountAction } from '../follower/followees.ts';

export const groupFolloweeCount = followeeCountAction('group_followee_count', 'group');
