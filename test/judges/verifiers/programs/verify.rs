//! Judges the arrivals in the file named first with the `standardwebhooks` crate: one line of true or false for each.

use base64::{engine::general_purpose::STANDARD, Engine};
use http::{HeaderMap, HeaderValue};
use standardwebhooks::Webhook;

const NAMES: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

fn is_real(secret: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    Webhook::new(secret).is_ok_and(|webhook| webhook.verify(body, headers).is_ok())
}

fn decoded(field: &str) -> Vec<u8> {
    STANDARD.decode(field.trim_start_matches([':', '-'])).expect("base64")
}

fn main() {
    let cases = std::env::args().nth(1).expect("a file");
    for line in std::fs::read_to_string(cases).expect("text").lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let mut headers = HeaderMap::new();
        for (name, field) in NAMES.into_iter().zip(&fields[1..4]) {
            if *field != "-" {
                headers.insert(name, HeaderValue::from_bytes(&decoded(field)).expect("a header"));
            }
        }
        let secret = String::from_utf8(decoded(fields[0])).expect("a secret");
        println!("{}", is_real(&secret, &headers, &decoded(fields[4])));
    }
}
