// The cryptography of the device, WebCrypto only: one random data key per account, from which a key for contents
// (AES-256-GCM) and one for names (HMAC-SHA-256) are derived; wrapped by a key from the PIN and by the office's public key.
// Where wraps are kept and how often a PIN may be tried is in keys.ts.
import { hex } from "../core/canonical";

export type Bytes = Uint8Array<ArrayBuffer>;
export interface Box {
  iv: Bytes;
  data: ArrayBuffer;
}
/** The derived keys; neither can be taken out of the browser's hands. */
export interface DataKeys {
  content: CryptoKey;
  names: CryptoKey;
}

export const ROUNDS = 600_000;
const RSA = { name: "RSA-OAEP", hash: "SHA-256" };
const encoder = new TextEncoder();

export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export async function derive(dataKey: Bytes): Promise<DataKeys> {
  const material = await crypto.subtle.importKey("raw", dataKey, "HKDF", false, ["deriveKey"]);
  const by = (purpose: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(0),
    info: encoder.encode(`isoaudit ${purpose}`),
  });
  const [content, names] = await Promise.all([
    crypto.subtle.deriveKey(by("content"), material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    crypto.subtle.deriveKey(by("names"), material, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),
  ]);
  return { content, names };
}

/** Encrypt with a fresh random IV; `about` is bound to it and needed again to open it. */
export async function seal(key: CryptoKey, bytes: BufferSource, about: string): Promise<Box> {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(about) }, key, bytes);
  return { iv, data };
}

/** Decrypt; rejects when the key, the bytes or what they are about is another. */
export function open(key: CryptoKey, box: Box, about: string): Promise<ArrayBuffer> {
  const parameters = { name: "AES-GCM", iv: box.iv, additionalData: encoder.encode(about) };
  return crypto.subtle.decrypt(parameters, key, box.data);
}

/** A name that tells nothing: its keyed digest, base64. */
export async function opaque(names: CryptoKey, name: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", names, encoder.encode(name))));
}

export async function pinKey(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", encoder.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const by = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(by, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** The data key under the office's public key (base64 SubjectPublicKeyInfo), base64; it opens only by the same label. */
export async function wrapFor(spki: string, dataKey: Bytes, label: string): Promise<string> {
  const key = await crypto.subtle.importKey("spki", fromBase64(spki), RSA, false, ["encrypt"]);
  return toBase64(new Uint8Array(await crypto.subtle.encrypt({ ...RSA, label: encoder.encode(label) }, key, dataKey)));
}

/** A pair for one recovery: the private key never leaves the browser. */
export async function recoveryPair(): Promise<{ privateKey: CryptoKey; spki: string }> {
  const pair = await crypto.subtle.generateKey(
    { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ["encrypt", "decrypt"],
  );
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  return { privateKey: pair.privateKey, spki: toBase64(new Uint8Array(spki)) };
}

export async function unwrap(privateKey: CryptoKey, wrapped: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(RSA, privateKey, fromBase64(wrapped)));
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(text);
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** HMAC-SHA-256 of a text under a key of hexadecimal digits, as such digits. */
export async function mac(key: string, text: string): Promise<string> {
  const raw = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const made = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", made, encoder.encode(text))));
}

/** A random UUID (version 4). */
export function uuid(): string {
  return crypto.randomUUID();
}
