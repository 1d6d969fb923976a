//! Domain verification by TXT record: names, records and the verdict, pure.
