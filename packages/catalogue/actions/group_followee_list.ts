import { followeeListAction } from '../follower/followees.ts';

export const groupFolloweeList = followeeListAction('group');
