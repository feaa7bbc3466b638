import { followeeCountAction } from '../follower/followees.ts';

export const userFolloweeCount = followeeCountAction('user_followee_count', 'group');
