"""Portuguese, of Europe and of Brazil: kind or emotion → the sentences that show it, and those that only resemble it."""

CUES = {
    "wait": (
        (
            "Estou à espera do reembolso há três semanas.",
            "Tô esperando há 15 dias e nada.",
            "Fiquei quarenta minutos ao telefone.",
            "Não recebi nenhuma resposta até hoje.",
            "A entrega demorou demais.",
            "Não chegou e espero há duas semanas.",
            "Não aguento mais esperar.",
            "Cadê o meu pedido?",
        ),
        (
            "Não demorou nada.",
            "Não esperei muito tempo.",
            "Chegou sem atrasos.",
            "Espero que continuem assim.",
            "Espero que chegue em dois dias.",
            "A sala de espera é bonita.",
            "Uso a aplicação há três semanas.",
        ),
    ),
    "transfer": (
        (
            "Transferiram-me para outro departamento.",
            "Me passaram de um setor para outro.",
            "Já falei com quatro atendentes diferentes.",
            "É um jogo do empurra.",
        ),
        (
            "O dinheiro foi transferido ontem.",
            "Não me transferiram para outro setor.",
            "Reservei uma mesa para quatro pessoas.",
        ),
    ),
    "repeat_contact": (
        (
            "Já liguei quatro vezes.",
            "É a terceira vez que escrevo.",
            "Tive de ligar outra vez ontem.",
            "Mandei cinco e-mails.",
            "Como já expliquei, o cabo não veio.",
        ),
        ("Liguei e resolveram.", "É a segunda vez que compro aqui.", "Não precisei de ligar outra vez."),
    ),
    "steps": (
        (
            "Sete formulários para mudar um nome.",
            "O processo é muito complicado.",
            "Tive de preencher tudo de novo.",
            "Já tentei de tudo.",
            "É muita burocracia.",
        ),
        ("Com dois cliques ficou pronto.", "Não é nada complicado.", "Explicou tudo passo a passo."),
    ),
    "missing_information": (
        (
            "Ninguém me avisou que estava fechado.",
            "Não sei onde está o meu pedido.",
            "Mudaram o preço sem qualquer aviso.",
            "Cada atendente diz uma coisa.",
            "Podiam ter-me avisado.",
        ),
        ("Avisaram-me de tudo.", "Não achei ruim.", "Qualquer informação é bem-vinda."),
    ),
    "channel_switch": (
        (
            "No chat disseram para ligar.",
            "Me mandaram ligar para a central.",
            "Tive de ir à loja pessoalmente.",
            "Só dá para cancelar pelo telefone.",
        ),
        ("Comprei no site e recebi em casa.", "Não tive de ir à loja.", "O rapaz disse que iam ligar."),
    ),
    "workaround": (
        (
            "Acabei por comprar outro carregador.",
            "Copio tudo à mão todos os meses.",
            "Desenrasquei-me como pude.",
            "Pedi um telemóvel emprestado.",
        ),
        ("É um cesto feito à mão.", "Acabei comprando dois, de tão bons.", "Tenho o contrato na mão."),
    ),
    "easy": (
        (
            "Foi rápido e fácil.",
            "Resolveram na hora.",
            "Em cinco minutos estava feito.",
            "Não demorou nada.",
            "Não esperei muito tempo.",
            "Consegui à primeira.",
            "Troquei sem burocracia nenhuma.",
        ),
        (
            "Não foi fácil.",
            "Espero uma solução rápida.",
            "É pouco prático.",
            "Na hora de pagar deu erro.",
            "Uma coisa tão simples e não fazem.",
            "Rapidamente estragou.",
        ),
    ),
    "resolved": (
        (
            "O problema foi resolvido.",
            "A encomenda chegou hoje.",
            "Já consegui entrar na conta.",
            "Devolveram o dinheiro.",
            "Sem problemas trocaram e já funciona.",
            "Deu tudo certo, obrigado.",
            "O estorno caiu na conta.",
        ),
        (
            "O problema não foi resolvido.",
            "Quando vai ser resolvido?",
            "Se resolverem fico contente.",
            "O pacote chegou quebrado.",
            "Resolveram cobrar uma taxa.",
            "Consta como entregue, mas não está aqui.",
        ),
    ),
    "unresolved": (
        (
            "O problema não foi resolvido.",
            "Continua sem funcionar.",
            "Ainda não recebi o reembolso.",
            "O pacote chegou quebrado.",
            "Ninguém resolve nada.",
            "O aplicativo trava toda hora.",
            "Desisti.",
        ),
        (
            "Até agora não tive problemas.",
            "Ainda bem que comprei.",
            "Ainda não experimentei.",
            "Não deixa nada a desejar.",
            "Ainda bem que não desisti.",
        ),
    ),
    "churn": (
        (
            "Vou cancelar a assinatura.",
            "Nunca mais compro aqui.",
            "Vou mudar de operadora.",
            "Não voltarei a comprar.",
            "Perderam um cliente.",
        ),
        ("Quero cancelar o pedido de ontem.", "Nunca mais tive problemas.", "Passaram-me para outra pessoa."),
    ),
    "loyalty": (
        (
            "Sou cliente há dez anos.",
            "Sempre comprei aqui.",
            "Não vos troco por nada.",
            "Há vinte anos que confio em vocês, sou cliente fiel.",
        ),
        ("A cor é fiel à fotografia.", "O período de fidelização acaba em maio.", "O sofá tem dez anos."),
    ),
    "referral": (
        ("Recomendo a todos.", "Já falei de vocês aos meus amigos.", "Cinco estrelas!", "Indico de olhos fechados."),
        ("Não recomendo.", "Como indiquei, moro em Faro.", "Não falei com os meus colegas."),
    ),
    "repurchase": (
        ("Voltarei a comprar.", "Com certeza vou voltar.", "Já é a minha terceira encomenda.", "Renovei o contrato."),
        ("Não voltarei a comprar.", "Voltei a ligar.", "Nunca mais volto aí."),
    ),
    "competitor": (
        (
            "A concorrência faz num dia.",
            "Outras lojas entregam mais cedo.",
            "É mais barato na loja do bairro.",
            "Melhor que a outra marca.",
        ),
        ("É melhor do que esperava.", "Concorri ao sorteio.", "Está pior do que antes."),
    ),
    "price": (
        ("É muito caro para o que é.", "Cobraram-me duas vezes.", "Paguei 30 euros.", "Por R$ 50 vale a pena."),
        ("A vossa ajuda não tem preço.", "Cara, que maravilha!", "Caros senhores, bom dia.", "Que cara de pau."),
    ),
    "agent_resolved": (
        ("O seu reembolso já foi processado.", "Acabei de cancelar a cobrança.", "Já pode aceder à conta."),
        ("O reembolso não foi aprovado.", "Em que posso ajudar?", "Estou pronta para ajudar."),
    ),
    "agent_unresolved": (
        ("Infelizmente não é possível.", "O pedido está em análise.", "Não temos esse modelo."),
        ("Aguarde um momento, por favor.", "Bom dia, em que posso ajudar?"),
    ),
}

FELT = {
    "anger": (("Isto é uma vergonha!", "Estou indignada."), ("Não estou zangado.", "Vou processar o pagamento.")),
    "frustration": (("Estou farto disto.", "Que perda de tempo."), ("Não é nada frustrante.", "Basta clicar aqui.")),
    "disappointment": (("Que desilusão.", "Fiquei decepcionado."), ("Não me arrependo.", "Vale a pena.")),
    "sadness": (
        ("Fiquei tão triste.", "Chorei a noite toda."),
        ("Chorar de rir com o vídeo.", "Infelizmente esgotou."),
    ),
    "fear": (("Tenho medo de perder tudo.", "Estou muito preocupada."), ("Não tenho medo.", "Não se preocupem.")),
    "confusion": (("Não percebi nada.", "Como assim?"), ("Percebi logo.", "Entendi tudo.")),
    "surprise": (("Não esperava tanto.", "Fiquei surpreendida."), ("Não me surpreendeu.", "Esperava o pacote hoje.")),
    "joy": (("Adorei!", "Estou tão feliz."), ("Não fiquei contente.", "Estou insatisfeito.")),
    "gratitude": (
        ("Muito obrigada pela ajuda.", "Vocês me salvaram."),
        ("Obrigado, bom dia.", "Desde já agradeço.", "Agradeço resposta."),
    ),
    "relief": (("Até que enfim!", "Fiquei mais descansada."), ("Não estou descansado.", "No final correu bem.")),
    "trust": (("Confio em vocês.", "Estou em boas mãos."), ("Não confio em vocês.", "Perdi a confiança.")),
    "pride": (
        ("Que orgulho da minha loja.", "Montei tudo sozinha."),
        ("Não tenho orgulho nisso.", "A loja fica sozinha ali."),
    ),
}
