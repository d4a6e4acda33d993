/** Whether an endpoint is sent to. */
export const webhookStates = ['ACTIVE', 'PAUSED'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** What secrets of endpoints are sealed for. */
export const secretPurpose = 'webhook secret';

/** How long the secret before goes on being signed with, once there is another. */
export const rotationMs = 24 * 3_600_000;

/** After so many changes in a row that an endpoint did not take, it is taken for dead. */
export const mostDeadInRow = 3;

/** How many endpoints, and how many saved searches, a partner has at most. */
export const most = { webhooks: 10, searches: 50 };
