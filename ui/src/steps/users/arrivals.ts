import type { ArrivedUser } from "../../host/types";

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the user came with what Entra's Object ID looks like: 32 hexadecimal digits in five groups. */
export const hasObjectId = ({ external_id }: ArrivedUser): boolean => external_id !== null && objectId.test(external_id);
