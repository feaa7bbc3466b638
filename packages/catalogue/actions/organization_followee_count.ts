import { followeeCountAction } from '../follower/followees.ts';

export const organizationFolloweeCount = followeeCountAction('organization_followee_count', 'organization');
