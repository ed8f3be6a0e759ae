// An audit of three criteria that is open on a device.
import { AuditModel } from "../model/audit";
import type { Store } from "../store/store";
import { newStore, packageOf } from "./fixtures";

export const AUDIT = "2020-KT-001";
export const ALL = ["B-4.1-01", "B-7.2-01", "B-8.5-01"];

export async function opened(store?: Store): Promise<{ store: Store; model: AuditModel }> {
  const made = store ?? (await newStore());
  if ((await made.packages.get(AUDIT)) === null) await made.packages.put(packageOf());
  return { store: made, model: await AuditModel.open(made, AUDIT) };
}
