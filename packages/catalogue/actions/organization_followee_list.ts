import { followeeListAction } from '../follower/followees.ts';

export const organizationFolloweeList = followeeListAction('organization');
