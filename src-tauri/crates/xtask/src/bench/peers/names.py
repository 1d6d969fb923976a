"""names.py LIBRARY SERVER KIND COUNT IN_FLIGHT: asks for the TXT records of many domains; says how many were answered."""

import asyncio
import sys

library, server, kind, count, in_flight = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
names = (f"_parallels-challenge.{kind}-{number}.test" for number in range(1, count + 1))


def with_dnspython():
    import dns.asyncquery
    import dns.message
    import dns.rdatatype

    async def ask(name):
        answer = await dns.asyncquery.udp(dns.message.make_query(name, "TXT"), server, timeout=5)
        return any(record.rdtype == dns.rdatatype.TXT for record in answer.answer)

    return ask


def with_aiodns():
    import aiodns

    resolver = aiodns.DNSResolver(nameservers=[server], timeout=5, tries=1)

    async def ask(name):
        return len((await resolver.query_dns(name, "TXT")).answer) > 0

    return ask


async def main():
    ask = {"dnspython": with_dnspython, "aiodns": with_aiodns}[library]()
    answered = 0

    async def work():
        nonlocal answered
        for name in names:
            try:
                got = await ask(name)
                answered += got
            except Exception:
                pass

    await asyncio.gather(*(work() for _ in range(in_flight)))
    print(f"{library}: {answered} of {count} answered", file=sys.stderr)


asyncio.run(main())
