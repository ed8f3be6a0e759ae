// The data of entries, by type: what an audit holds besides answers. The server's table is isoaudit/domain/entries.py. Days
// are "YYYY-MM-DD", times "HH:MM", moments ISO 8601, "" where there is none; degrees and metres are texts.

export interface Dossier {
  number: string;
  procedure: string;
  field: string;
  received: string;
  due: string;
  returned: string;
  slow_step: string;
  supplement: boolean;
  apology: boolean;
  finding: string;
  member: number | null;
}
export interface UnitWord {
  stance: "agreed" | "opinion" | "reserved";
  text: string;
}
export interface Assignment {
  user_id: number;
}
export interface QuickNote {
  text: string;
  criterion: string;
  at: string;
}
export interface Unlisted {
  what: "unit" | "procedure";
  text: string;
  settled: string;
}
export interface Verification {
  result: "done" | "partly" | "not_done";
  text: string;
}
/** Place and moment are "" where the inspector did not allow them. */
export interface PhotoEntry {
  criterion: string;
  caption: string;
  taken_at: string;
  latitude: string;
  longitude: string;
  blurred: boolean;
}
export interface GpsStamp {
  latitude: string;
  longitude: string;
  accuracy: string;
  at: string;
}
export interface Meeting {
  place: string;
  began: string;
  ended: string;
  opening: string;
  closing: string;
  basis: string;
  strengths: string;
  copies: number;
  read_back: boolean;
}
export interface Attendance {
  meeting: "opening" | "closing" | "both";
  name: string;
  position: string;
  side: "team" | "unit";
}
